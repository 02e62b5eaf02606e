import { nowOf } from '../core.ts';
import { alertLines } from '../domain/alert-line.ts';
import { entriesOfLine, joinAlerts } from '../domain/alerts.ts';
import { alertsBeside, alertsToJoin, markJoined } from '../store/alerts.ts';
import { type Job, record } from './context.ts';

/** In one transaction; a flood takes several. */
const AT_ONCE = 40;

/** Brings the timeline to what is known of the incident's alerts. Done twice, the second finds nothing to say. */
export const joinIncidentAlerts: Job<'join-alerts'> = async (task) => {
  const { core, incident } = task;
  const { prisma } = core.store.database;
  for (;;) {
    const waiting = await alertsToJoin(prisma, incident.number, AT_ONCE);
    if (waiting.length === 0) return;
    const all = await alertsBeside(prisma, incident.number, waiting);
    const lines = alertLines(all.map(({ known }) => known));
    await record(task, async (now, reads) => {
      const entries = await reads.entries(lines.flatMap(entriesOfLine));
      return joinAlerts(now, lines, (id) => entries.get(id), nowOf(core));
    });
    await markJoined(prisma, all);
    if (waiting.length < AT_ONCE) return;
  }
};
