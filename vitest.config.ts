import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The bots that are killed take minutes: begun last, they would be waited for with a core idle. */
class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(faults|cli)\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/harness/once-per-run.ts',
    sequence: { sequencer: LongOnesFirst },
    pool: 'forks',
    // Files share nothing but what is imported, and importing it anew for each takes longer than most tests.
    isolate: false,
    // On two cores: bots in processes of their own, and pauses that services ask for, leave room for a third.
    maxWorkers: 3,
    // Only a test that hangs comes to these: a busy machine must not fail one that works.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
