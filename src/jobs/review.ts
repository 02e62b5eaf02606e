import { nowOf } from '../core.ts';
import { describer } from '../domain/describe.ts';
import { findGaps } from '../domain/gaps.ts';
import { remindOfLessons } from '../domain/remind-of-lessons.ts';
import { noteGaps } from '../domain/review.ts';
import { timeline } from '../domain/timeline.ts';
import { factsOf } from '../store/incidents.ts';
import { type Job, record } from './context.ts';

/** Compares what the report lacks with what the card says. Every further change brings another look. */
export const review: Job<'review'> = async (task) => {
  const { core, incident } = task;
  if (incident.resolvedAt === undefined || !incident.channel) return;
  const facts = await factsOf(core.store.database.prisma, incident.number);
  const entries = timeline(facts, describer());
  const gaps = findGaps({ incident, facts, entries, zone: core.team.timezone });
  await record(task, (now) => noteGaps(now, gaps, nowOf(core)));
};

export const askForLessons: Job<'remind-of-lessons'> = async (task) => {
  const { core, effect } = task;
  await record(task, (incident) => remindOfLessons(incident, core.team, effect, nowOf(core)));
};
