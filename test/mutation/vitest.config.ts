import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What is slow comes last, for the many mutants that die before. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [quick, slow] = [/on-duty\/choose|paging|page|step|ladder/, /any-roster|climb/];
    const rank = ({ moduleId }: TestSpecification) =>
      Number(!quick.test(moduleId)) + Number(slow.test(moduleId));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Of the rules beside `on-duty`, those whose tests are about paging. */
const RULES = [
  'climb',
  'ladder-steps',
  'next-step',
  'overdue',
  'page-answers',
  'page-delivery',
  'paging',
  'policy-page',
];

/** The tests of who is paged and when, without the slowest: a mutant that all of them let live is one to look at. */
export default defineConfig({
  test: {
    include: [`test/domain/{${RULES.join(',')}}.test.ts`, 'test/domain/on-duty/*.test.ts'],
    exclude: ['test/domain/on-duty/two-years.test.ts'],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    testTimeout: 60_000,
  },
});
