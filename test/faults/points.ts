import type { FaultAct, ReceivedCall } from '../../src/stand-ins/faults.ts';
import type { Outside } from '../../src/stand-ins/outside.ts';

/** One place where a call can be lost: which call, and whether it had taken effect. */
export interface Point {
  label: string;
  when: 'before' | 'after';
  /** What its label looks like, where it cannot be known before. */
  like?: RegExp;
  /** Calls of this label that are let through first. */
  skip?: number;
}

/** Every place of these calls, each with the call lost before and after it took effect. */
export function pointsOf(labels: Iterable<string>): Point[] {
  return [...labels].flatMap((label): Point[] => [
    { label, when: 'before' },
    { label, when: 'after' },
  ]);
}

/** What a call is for, the same in every run: `chat.postMessage card`, `PUT /incidents/:id`. */
export function labelOf(outside: Outside, { name, args }: Pick<ReceivedCall, 'name' | 'args'>): string {
  if (name === 'chat.postMessage') return `${name} ${markerOf(args) ?? ''}`.trim();
  if (name === 'chat.update') return `${name} ${markerOf(standing(outside, args) ?? {}) ?? ''}`.trim();
  if (name === 'bookmarks.add') return `${name} ${args.title}`;
  return name.replace(/(?<=^[A-Z]+ \/incidents\/)[^/]+/, ':id');
}

/** Whether a call concerns the incident of this title, as far as the call itself tells. */
export function concerns(
  outside: Outside,
  title: string,
  { name, args }: Pick<ReceivedCall, 'name' | 'args'>,
): boolean {
  const said = JSON.stringify(args);
  const id = /^[A-Z]+ \/incidents\/([^/]+)/.exec(name)?.[1];
  const page = outside.pagerduty.incidents().find((booked) => booked.id === id)?.title ?? '';
  const words = `${said} ${channelNameOf(outside, args)} ${page}`.toLowerCase();
  return words.includes(title.toLowerCase()) || words.includes(slugOf(title));
}

export function slugOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

/** All that was called about one incident so far, by what it was for, each once. */
export function labelsAbout(outside: Outside, title: string): Set<string> {
  const calls = callsSoFar(outside).filter((call) => concerns(outside, title, call));
  return new Set(calls.map((call) => labelOf(outside, call)));
}

export function callsSoFar(outside: Outside): Pick<ReceivedCall, 'name' | 'args'>[] {
  return [
    ...outside.slack.calls.map(({ method, args }) => ({ name: method, args })),
    ...outside.pagerduty.calls.map(({ name, args }) => ({ name, args })),
  ];
}

/**
 * Strikes the first call of this label about the incident, or about anything where the call does not tell.
 * Resolves when it struck.
 */
export function strikeAt(
  outside: Outside,
  { label, when, like, skip = 0 }: Point,
  title: string | undefined,
  act: FaultAct = { kind: 'hang' },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fault = {
    when,
    act,
    skip,
    match: (call: ReceivedCall) =>
      (like ? like.test(labelOf(outside, call)) : labelOf(outside, call) === label) &&
      (title === undefined || concerns(outside, title, call)),
    onStrike: () => resolve(),
  };
  outside.slack.faults.add(fault);
  outside.pagerduty.faults.add(fault);
  return promise;
}

/** `KILLS=all` dies after every reading too: a death before the next writing finds the same everywhere. */
const READINGS = process.env.KILLS === 'all' ? /./ : undefined;

/** Where along its calls to GitHub a bot dies: at each writing, before and after it took effect, and after these readings. */
export interface Along {
  readings?: RegExp;
  /** There and nowhere else. */
  only?: Point;
}

/** Strikes the next call to GitHub at a point that is not among these. */
export function strikeAtNextOfGitHub(
  { github }: Outside,
  struck: readonly Point[],
  { readings, only }: Along,
): Promise<Point> {
  const read = READINGS ?? readings;
  const { promise, resolve } = Promise.withResolvers<Point>();
  for (const when of ['before', 'after'] as const) {
    const isThis = (call: ReceivedCall) => (point: Point) =>
      point.label === gitHubLabelOf(call) && point.when === when;
    github.faults.add({
      when,
      act: { kind: 'hang' },
      match: (call) =>
        (!call.name.startsWith('GET') || (when === 'after' && (read?.test(call.name) ?? false))) &&
        !struck.some(isThis(call)) &&
        (only === undefined || isThis(call)(only)),
      onStrike: (call) => resolve({ label: gitHubLabelOf(call), when }),
    });
  }
  return promise;
}

/** Lists differ by what they ask for; what a writing carries may differ from one try to the next. */
function gitHubLabelOf({ name, args }: Pick<ReceivedCall, 'name' | 'args'>): string {
  if (!name.startsWith('GET')) return name;
  const asked = Object.keys(args)
    .filter((key) => key !== 'since')
    .map((key) => `${key}=${args[key]}`);
  return [name, ...asked].join(' ');
}

function channelNameOf({ slack }: Outside, args: Record<string, unknown>): string {
  const id = args.channel ?? args.channel_id;
  return slack.channels().find((channel) => channel.id === id)?.name ?? '';
}

function markerOf(message: { metadata?: unknown }): string | undefined {
  const { event_payload: payload } = (message.metadata ?? {}) as { event_payload?: { message?: string } };
  return payload?.message;
}

function standing({ slack }: Outside, { channel, ts }: Record<string, unknown>) {
  return slack.messages(String(channel)).find((message) => message.ts === ts);
}
