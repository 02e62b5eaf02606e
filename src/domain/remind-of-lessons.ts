import { type Changes, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { whoAnswered, whoIsSilent } from './lessons.ts';
import { inHours, nextStart } from './on-duty/duty.ts';
import { memberById, overridesOfTeam } from './people.ts';
import { listed, mention } from './sentence.ts';
import type { Team } from './team.ts';
import type { Instant, PersonId } from './words.ts';
import { DAY_MS, MINUTE_MS } from './zone-offsets.ts';

type AskingTeam = Pick<Team, 'people' | 'rosters'>;

/** How long people are left alone after it is over. */
export const LESSONS_AFTER_MS = 30 * MINUTE_MS;
/** What is older is forgotten by then. */
const GIVEN_UP_MS = 4 * DAY_MS;
const SLACK_MS = 1_000;

/**
 * Asks those who were there, once, where nobody has said anything: whoever is in hours, or when the first of them comes
 * on. Whose hours the team's file does not know is not asked by name.
 */
export function remindOfLessons(
  incident: Incident,
  team: AskingTeam,
  { resolvedAt, at }: { resolvedAt: Instant; at: Instant },
  now: Instant,
): Changes {
  const over = incident.status === 'resolved' && incident.resolvedAt === resolvedAt;
  if (!over || incident.lessonsRemindedAt !== undefined || whoAnswered(incident).length > 0) return nothing();
  if (now < at - SLACK_MS) return { facts: [], effects: [{ do: 'remind-of-lessons', resolvedAt, at }] };
  if (now > resolvedAt + GIVEN_UP_MS) return nothing();
  const silent = whoIsSilent(incident).filter((person) => memberById(team, person) !== undefined);
  const people = silent.filter((person) => isOn(team, person, now));
  if (people.length === 0) {
    const next = firstStart(team, silent, now);
    return next === undefined
      ? nothing()
      : { facts: [], effects: [{ do: 'remind-of-lessons', resolvedAt, at: next + LESSONS_AFTER_MS }] };
  }
  const text = `💡 ${listed(people.map(mention))}, before it fades: what went well, what didn't, where were we lucky? *Say what you learnt* above has three fields, or type \`/incident lessons\`. “Nothing” is an answer too. I ask this once.`;
  return {
    facts: [{ type: 'lessons-reminded', people, by: { kind: 'daywatch' }, at: now, key: 'lessons-reminded' }],
    effects: [{ do: 'say', notice: 'lessons-reminded', text }],
  };
}

function isOn(team: AskingTeam, person: PersonId, now: Instant): boolean {
  const member = memberById(team, person);
  return member !== undefined && inHours(member, new Date(now), overridesOfTeam(team));
}

function firstStart(team: AskingTeam, people: readonly PersonId[], now: Instant): Instant | undefined {
  const starts = people.flatMap((person) => {
    const member = memberById(team, person);
    const start = member && nextStart(member, now, overridesOfTeam(team));
    return start === undefined ? [] : [start];
  });
  return starts.length > 0 ? Math.min(...starts) : undefined;
}
