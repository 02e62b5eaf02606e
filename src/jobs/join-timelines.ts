import { changeIncident } from '../actions/change.ts';
import { nowOf } from '../core.ts';
import { describer } from '../domain/describe.ts';
import { joinTimeline } from '../domain/merge.ts';
import { factsOf } from '../store/incidents.ts';
import type { Job } from './context.ts';

/** Writes what a duplicate holds into the incident that it was merged into; a second time finds it there. */
export const joinTimelines: Job<'join-timelines'> = async ({ core, incident }) => {
  const { mergedInto } = incident;
  if (mergedInto === undefined) return;
  const { prisma } = core.store.database;
  const facts = await factsOf(prisma, incident.number);
  const there = await factsOf(prisma, mergedInto);
  const known = {
    entries: new Set(there.flatMap((fact) => (fact.type === 'entry-recorded' ? [fact.entry] : []))),
    joined: there.some(({ key }) => key === `joined:${incident.uid}`),
  };
  await changeIncident(core.store, { number: mergedInto }, (target) =>
    joinTimeline(target, { incident, facts, describe: describer() }, known, nowOf(core)),
  );
};
