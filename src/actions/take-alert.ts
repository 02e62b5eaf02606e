import type { IncomingAlert } from '../domain/alert.ts';
import { belongsTo, entryOfAlert, joinAlert } from '../domain/alerts.ts';
import { incidentName } from '../domain/words.ts';
import type { Core } from '../jobs/context.ts';
import { openIncidents } from '../store/incidents.ts';
import { jsonOf } from '../store/rows.ts';
import { changeIncident } from './change.ts';

/**
 * Keeps an alert, and joins it to the open incident that it speaks of. Its end follows it there, however late.
 * @returns the incident it joined, such as `INC-12`
 */
export async function takeAlert(core: Core, alert: IncomingAlert): Promise<string | undefined> {
  const { prisma } = core.store.database;
  const known = await prisma.alert.findUnique({ where: { fingerprint: alert.fingerprint } });
  const number = known?.incidentNumber ?? (await incidentFor(core, alert));
  const row = {
    source: alert.source,
    startedAt: alert.startedAt,
    endedAt: alert.endedAt ?? null,
    incidentNumber: number ?? null,
    body: jsonOf(JSON.parse(JSON.stringify(alert))),
  };
  await prisma.alert.upsert({
    where: { fingerprint: alert.fingerprint },
    create: { fingerprint: alert.fingerprint, ...row },
    update: row,
  });
  if (number === undefined) return undefined;
  await changeIncident(core.store, { number }, async (incident, reads) =>
    joinAlert(incident, await reads.entry(entryOfAlert(alert)), alert, core.store.now().getTime()),
  );
  return incidentName(number);
}

async function incidentFor(core: Core, alert: IncomingAlert): Promise<number | undefined> {
  const open = await openIncidents(core.store.database.prisma);
  return open.find((incident) => belongsTo(incident, alert, core.team.services))?.number;
}
