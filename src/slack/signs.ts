import type { Signs } from '../domain/on-duty/signs.ts';
import type { PersonId } from '../domain/words.ts';
import { isSlackUser } from './ids.ts';
import type { Call } from './web.ts';

interface Disturbance {
  dnd_enabled?: boolean;
  next_dnd_start_ts?: number;
  next_dnd_end_ts?: number;
}

export interface SlackStatus {
  status_text?: string;
  status_emoji?: string;
  /** Epoch seconds; 0 is never. */
  status_expiration?: number;
}

/** Slack's limit for one call. */
const AT_ONCE = 50;
const DEADLINE_MS = 1_500;

/** Slack's own choices for "vacationing" and "out sick", and what people use beside them. */
const AWAY_EMOJI =
  /^:(palm_tree|desert_island|beach_with_umbrella|umbrella_on_ground|parasol_on_ground|camping|face_with_thermometer|hospital)(:|$)/;
const AWAY_TEXT =
  /\b(vacation(ing)?|holidays?|out of (the )?office|ooo|pto|on leave|(annual|parental|sick) leave|out sick|day off)\b/i;

/** When each of these people has do-not-disturb, under way or next; those without are absent. */
export async function fetchQuiet(
  call: Call,
  people: readonly PersonId[],
): Promise<Record<PersonId, NonNullable<Signs['quiet']>>> {
  const quiet: Record<PersonId, NonNullable<Signs['quiet']>> = {};
  const asked = people.filter(isSlackUser);
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    const { users = {} } = await call<{ users?: Record<string, Disturbance> }>(
      'dnd.teamInfo',
      { users: asked.slice(from, from + AT_ONCE).join(',') },
      { deadlineMs: DEADLINE_MS, accept: ['no_users_provided'] },
    );
    for (const [person, { dnd_enabled, next_dnd_start_ts: start, next_dnd_end_ts: end }] of Object.entries(
      users,
    )) {
      if (dnd_enabled && start && end) quiet[person] = { from: start * 1000, to: end * 1000 };
    }
  }
  return quiet;
}

/** Whether a status says that its owner is away. Its words are theirs and go nowhere. */
export function awayOf(status: SlackStatus | undefined): Signs['away'] {
  const { status_text: text = '', status_emoji: emoji = '', status_expiration: end = 0 } = status ?? {};
  if (!AWAY_EMOJI.test(emoji) && !AWAY_TEXT.test(text)) return undefined;
  return end > 0 ? { until: end * 1000 } : {};
}
