import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import type { Fact as FactRow, Incident as IncidentRow, Prisma } from '../generated/prisma/client.ts';

/** The log line of a row. What was written by this program is read back as it was. */
export function factOfRow(row: FactRow): Fact {
  const { at, recordedAt, seq, key } = row;
  return {
    ...(row.data as unknown as Fact),
    seq,
    at: at.getTime(),
    recordedAt: recordedAt.getTime(),
    ...(key === null ? {} : { key }),
  };
}

export function rowOfFact(incidentNumber: number, fact: Fact): Prisma.FactCreateManyInput {
  const { seq, at, recordedAt, key, ...data } = fact;
  return {
    incidentNumber,
    seq,
    type: fact.type,
    at: new Date(at),
    recordedAt: new Date(recordedAt),
    key: key ?? null,
    entryId: 'entry' in fact ? (fact.entry ?? null) : null,
    data: jsonOf(data),
  };
}

export function incidentOfRow(row: Pick<IncidentRow, 'state'>): Incident {
  return row.state as unknown as Incident;
}

export function rowOfIncident(incident: Incident): Prisma.IncidentUncheckedUpdateInput {
  return {
    title: incident.title,
    severity: incident.severity,
    status: incident.status,
    private: incident.private,
    channelId: incident.channel?.id ?? null,
    declaredAt: new Date(incident.declaredAt),
    state: jsonOf(incident),
  };
}

/** Facts and incidents are JSON by construction: instants are numbers and nothing else is an object. */
export function jsonOf(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
