import { changeIncident, wasTaken } from '../actions/change.ts';
import type { Core } from '../core.ts';
import { localDate } from '../domain/clock-words.ts';
import { nothing } from '../domain/decision.ts';
import { describer } from '../domain/describe.ts';
import { isHere } from '../domain/incident.ts';
import { lastDayEnd, shiftStart } from '../domain/on-duty/shift.ts';
import { overridesOfTeam, personIdOf } from '../domain/people.ts';
import {
  awaitsStart,
  byUrgency,
  type Newcomer,
  type Slept,
  shiftDigest,
  sleptThrough,
} from '../domain/shift-digest.ts';
import type { Team } from '../domain/team.ts';
import { timeline } from '../domain/timeline.ts';
import { HOUR_MS } from '../domain/zone-offsets.ts';
import { factsOf, openOrTouchedSince } from '../store/incidents.ts';
import { recall, remember } from '../store/remembered.ts';

/** After so much of the day its start is no news; whoever is there has looked. */
const LATE_MS = 3 * HOUR_MS;

/** Tells everybody whose day has just begun what they slept through: one message a person and local day, or none. */
export async function sendShiftNotes(core: Core, now: Date): Promise<void> {
  if (!core.team.shiftNotes) return;
  for (const newcomer of newcomers(core.team, now.getTime())) {
    const id = personIdOf(newcomer.person);
    const key = `shift-digest:${id}:${localDate(newcomer.start, newcomer.person.timezone)}`;
    if ((await recall(core.store, key)) || (await wasTaken(core.store, key))) continue;
    const slept = await whatTheyMissed(core, newcomer);
    if (slept === 'not known yet') continue;
    if (slept.length > 0) await tell(core, newcomer, slept, key);
    // What happens from now on they see themselves.
    else await remember(core.store, key, 'nothing happened');
  }
}

function newcomers(team: Team, now: number): Newcomer[] {
  const overrides = overridesOfTeam(team);
  return team.people.flatMap((person): Newcomer[] => {
    const start = person.slack === undefined ? undefined : shiftStart(person, now, overrides);
    if (start === undefined || now - start > LATE_MS) return [];
    const inRoster = Object.values(team.rosters).some(({ members }) => members.includes(person.name));
    return [{ person, start, since: lastDayEnd(person, start, overrides), inRoster }];
  });
}

async function whatTheyMissed(core: Core, newcomer: Newcomer): Promise<Slept[] | 'not known yet'> {
  const db = core.store.database.prisma;
  const concerned = await openOrTouchedSince(db, new Date(newcomer.since));
  if (concerned.some((incident) => awaitsStart(incident, newcomer.start))) return 'not known yet';
  const slept: Slept[] = [];
  for (const incident of concerned) {
    const entries = timeline(await factsOf(db, incident.number), describer());
    const missed = sleptThrough(incident, entries, newcomer);
    if (missed) slept.push(missed);
  }
  return slept.sort(byUrgency);
}

/** Sent through the most pressing incident; the delivery's key is what makes it happen once, whoever else is at it. */
async function tell(
  core: Core,
  newcomer: Newcomer,
  slept: readonly Slept[],
  delivery: string,
): Promise<void> {
  const [first] = slept;
  if (!first) return;
  const person = personIdOf(newcomer.person);
  const text = shiftDigest(core.team, newcomer, slept, core.store.now().getTime());
  await changeIncident(
    core.store,
    { number: first.incident.number },
    (incident) =>
      incident.private && !isHere(incident, person)
        ? nothing()
        : { facts: [], effects: [{ do: 'say-to', notice: delivery, person, text }] },
    { delivery },
  );
}
