import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Core } from '../core.ts';
import { countFacts, countOpenIncidents } from '../store/counts.ts';

/** What became of pages, by the fact that says so. */
const OUTCOMES = {
  paged: 'asked',
  'policy-called': 'asked',
  'page-acknowledged': 'acknowledged',
  'page-declined': 'declined',
  'page-unanswered': 'unanswered',
  'page-failed': 'undelivered',
} as const;

/**
 * The process' own numbers, and those of the database, which every process reports alike. No label says anything of
 * an incident. While the database does not answer, its numbers are left as they were.
 */
export function metricsOf(core: Core): Registry {
  const registry = new Registry();
  const registers = [registry];
  const { prisma } = core.store.database;
  collectDefaultMetrics({ register: registry });

  new Gauge({
    name: 'daywatch_open_incidents',
    help: 'Incidents that are not resolved, closed, cancelled or merged',
    registers,
    async collect() {
      await whenAnswered(countOpenIncidents(prisma), (count) => this.set(count));
    },
  });
  new Counter({
    name: 'daywatch_pages_total',
    help: 'Pages: asked counts all of them, undelivered the ways that failed',
    labelNames: ['outcome'],
    registers,
    async collect() {
      await whenAnswered(countFacts(prisma, Object.keys(OUTCOMES)), (counts) => {
        this.reset();
        for (const [type, outcome] of Object.entries(OUTCOMES)) this.inc({ outcome }, counts[type] ?? 0);
      });
    },
  });
  new Counter({
    name: 'daywatch_overdue_steps_total',
    help: 'Steps of pages that the auditor found overdue',
    registers,
    async collect() {
      await whenAnswered(countFacts(prisma, ['step-overdue']), (counts) => {
        this.reset();
        this.inc(counts['step-overdue'] ?? 0);
      });
    },
  });
  return registry;
}

async function whenAnswered<Answer>(asked: Promise<Answer>, use: (answer: Answer) => void): Promise<void> {
  await asked.then(use, () => {});
}
