import { lastHere, noteLook } from '../../actions/looked.ts';
import { catchUp, missedBy, type SinceWhen } from '../../domain/catch-up.ts';
import { type Incident, isHere } from '../../domain/incident.ts';
import { isLive } from '../../domain/permitted.ts';
import { asTyped } from '../../domain/sentence.ts';
import type { Instant } from '../../domain/words.ts';
import { incidentOfChannel, openIncidents } from '../../store/incidents.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { whenOf, zoneOf } from '../when-typed.ts';
import type { Subcommand } from './subcommand.ts';
import { entriesOf, linkTo } from './timeline.ts';

const LINES = { here: 6, elsewhere: 2 };
const INCIDENTS_SHOWN = 8;
const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export const catchUpCommand: Subcommand = {
  name: 'catchup',
  aliases: ['catch-up', 'missed'],
  usage: ['catchup', 'catchup 17:30', 'catchup 2h'],
  says: 'what happened since you were last here, or since a time',
  async run(gesture, rest) {
    const asked = await sinceTyped(gesture, rest.replace(/^since\s+/i, ''));
    if (typeof asked === 'object') return { text: asked.say };
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    return incident ? caughtUp(gesture, incident, asked) : caughtUpEverywhere(gesture, asked);
  },
};

/** What happened in one incident; having read it counts as a look. */
export async function caughtUp(gesture: Gesture, incident: Incident, asked?: Instant): Promise<Reply> {
  const text = catchUp(
    incident,
    await entriesOf(gesture, incident),
    await reading(gesture, incident, asked, 'here'),
  );
  await noteLook(gesture.core, incident, gesture);
  return { text };
}

async function caughtUpEverywhere(gesture: Gesture, asked: Instant | undefined): Promise<Reply> {
  const { core, person } = gesture;
  const open = await openIncidents(core.store.database.prisma);
  const mine = open.filter((one) => isLive(one) && (!one.private || isHere(one, person)));
  if (mine.length === 0) return { text: 'No incident is open, so there is nothing to catch up on.' };
  const parts: string[] = [];
  for (const incident of mine.slice(0, INCIDENTS_SHOWN)) {
    const read = await reading(gesture, incident, asked, 'elsewhere');
    const entries = await entriesOf(gesture, incident);
    const where = incident.channel ? `\n[#${incident.channel.name}](channel:${incident.channel.id})` : '';
    parts.push(`${catchUp(incident, entries, read)}${missedBy(entries, read).length > 0 ? where : ''}`);
  }
  const more = mine.length > INCIDENTS_SHOWN ? ['… and more: `/incident list`'] : [];
  return { text: [...parts, ...more].join('\n\n') };
}

async function reading(
  gesture: Gesture,
  incident: Incident,
  asked: Instant | undefined,
  place: keyof typeof LINES,
) {
  const since: { since: Instant; why: SinceWhen } =
    asked === undefined ? await lastHere(gesture.core, incident, gesture) : { since: asked, why: 'asked' };
  return {
    ...since,
    reader: gesture.person,
    zone: await zoneOf(gesture),
    now: gesture.core.store.now().getTime(),
    lines: LINES[place],
    link: linkTo(gesture),
  };
}

/** `17:30`, `yesterday 23:10`, `2h`; nothing typed: since they were last here. */
async function sinceTyped(gesture: Gesture, text: string): Promise<Instant | undefined | { say: string }> {
  const typed = text.trim();
  if (!typed) return undefined;
  const [, count, unit] = /^(\d{1,3})\s*(m|h|d)(?:in|ours?|ays?)?$/i.exec(typed) ?? [];
  if (count && unit) {
    return gesture.core.store.now().getTime() - Number(count) * (UNITS[unit.toLowerCase()] ?? 0);
  }
  const read = await whenOf(gesture, typed);
  if ('say' in read) return read;
  if (read.moment && !read.rest.trim()) return read.moment.at;
  return {
    say: `“${asTyped(typed)}” is no time. Type \`/incident catchup\`, or a time or a while: \`/incident catchup 17:30\`, \`/incident catchup 2h\`.`,
  };
}
