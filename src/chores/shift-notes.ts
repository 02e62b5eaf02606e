import { changeIncident, wasTaken } from '../actions/change.ts';
import { localDate } from '../domain/clock-words.ts';
import { nothing } from '../domain/decision.ts';
import { membersOf } from '../domain/on-duty/choose-next.ts';
import { shiftStart } from '../domain/on-duty/shift.ts';
import { personIdOf } from '../domain/people.ts';
import { isToldAtShiftStart, shiftNote } from '../domain/shift-note.ts';
import type { Person, Team } from '../domain/team.ts';
import { HOUR_MS } from '../domain/zone-offsets.ts';
import type { Core } from '../jobs/context.ts';
import { openIncidents } from '../store/incidents.ts';

/** After so much of the day its start is no news; whoever is there has looked. */
const LATE_MS = 3 * HOUR_MS;

/** Tells everybody of a roster whose day has just begun of what is open: once an incident and local day. */
export async function sendShiftNotes(core: Core, now: Date): Promise<void> {
  if (!core.team.shiftNotes) return;
  const open = await openIncidents(core.store.database.prisma);
  if (open.length === 0) return;
  for (const { person, start } of newcomers(core.team, now.getTime())) {
    const id = personIdOf(person);
    for (const incident of open.filter((one) => isToldAtShiftStart(one, id, start))) {
      await tell(core, incident, person, start);
    }
  }
}

interface Newcomer {
  person: Person;
  start: number;
}

function newcomers(team: Team, now: number): Newcomer[] {
  const found = new Map<Person, number>();
  for (const roster of Object.values(team.rosters)) {
    for (const person of membersOf(roster, team.people)) {
      if (person.slack === undefined || found.has(person)) continue;
      const start = shiftStart(person, now, roster.overrides);
      if (start !== undefined && now - start <= LATE_MS) found.set(person, start);
    }
  }
  return [...found].map(([person, start]) => ({ person, start }));
}

/** The delivery's key is what makes it happen once, whoever else is at it. */
async function tell(
  core: Core,
  { number, uid }: { number: number; uid: string },
  person: Person,
  start: number,
): Promise<void> {
  const id = personIdOf(person);
  const day = localDate(start, person.timezone);
  const delivery = `shift-note:${uid}:${id}:${day}`;
  if (await wasTaken(core.store, delivery)) return;
  await changeIncident(
    core.store,
    { number },
    (incident) => {
      if (!isToldAtShiftStart(incident, id, start)) return nothing();
      const text = shiftNote(core.team, incident, person, core.store.now().getTime());
      return { facts: [], effects: [{ do: 'say-to', notice: `shift:${day}`, person: id, text }] };
    },
    { delivery },
  );
}
