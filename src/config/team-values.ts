import { z } from 'zod';
import { countries, knowsCountry } from '../domain/on-duty/holidays.ts';
import { didYouMean } from './nearest-word.ts';
import { zoneProblem } from './zone-names.ts';

/** How single values of the team's file are written. A text of each says what is allowed, to follow "is …; ". */

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d{1,6})([smhd])$/;
const CLOCK_RANGE = /^([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

export const text = matching(/\S/, 'write some words');

export const flag = z.boolean({ error: 'write true or false' });

export const durationText = matching(DURATION, 'write a number and a unit: 30s, 5m, 2h or 1d').refine(
  (value) => readDuration(value) > 0,
  { error: 'write a time longer than nothing, such as 5m' },
);

export const roundCount = z
  .int({ error: 'write a whole number, such as 2' })
  .min(1, { error: 'write 1 or more' })
  .max(10, { error: 'write 10 or less' });

/** Milliseconds of `2s`, `5m`, `2h`, `1d`. */
export function readDuration(value: string): number {
  const [, count, unit] = value.match(DURATION) ?? [];
  const units: Record<string, number> = UNITS;
  return Number(count) * (units[unit ?? ''] ?? Number.NaN);
}

export const hoursText = matching(
  CLOCK_RANGE,
  'write hours as HH:MM-HH:MM, such as 09:00-17:30; 22:00-06:00 crosses midnight, 24:00 may be the end',
).refine((value) => value.slice(0, 5) !== value.slice(6), {
  error: 'begins and ends at the same time; for a whole day write 00:00-24:00',
});

/** Minutes of the local day; an end at or before the start lies in the next day. */
export function readHours(value: string): { from: number; to: number } {
  const [from, to] = value.split('-').map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  const start = from ?? Number.NaN;
  const end = to ?? Number.NaN;
  return { from: start, to: end > start ? end : end + 1440 };
}

export const clockText = matching(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'write a time of day as HH:MM, such as "09:00", in quotes',
);

/** Minutes after the local midnight. */
export function readClock(value: string): number {
  return Number(value.slice(0, 2)) * 60 + Number(value.slice(3));
}

export const zoneName = refused(zoneProblem);

export const instantText = refused((value) => {
  const allowed = 'write an instant with its offset, such as 2025-08-11T00:00:00+01:00';
  if (!INSTANT.test(value)) return allowed;
  return isRealDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))
    ? undefined
    : `there is no such time; ${allowed}`;
});

export const dateText = refused((value) =>
  isRealDate(value) ? undefined : 'write a date of the calendar as yyyy-mm-dd, such as 2025-12-24',
);

export const countryCode = refused((value) => {
  if (knowsCountry(value)) return undefined;
  const allowed =
    'write a country such as RO, a part of one such as GB-ENG, or a list of dates such as ["2025-12-24"]';
  const upper = value.toUpperCase();
  const byName = Object.entries(countries()).find(
    ([, name]) => name.toLowerCase() === value.toLowerCase(),
  )?.[0];
  const meant = byName ?? (knowsCountry(upper) ? upper : undefined);
  return meant ? `did you mean \`${meant}\`? Allowed: ${allowed}` : allowed;
});

export const channelName = matching(
  /^(#?[\p{Ll}\p{Lm}\p{Lo}\p{N}_-]{1,80}|[CG][A-Z0-9]{6,})$/u,
  'write a channel such as "#incidents", in quotes since # begins a comment: small letters, digits, - and _',
);

export const emojiName = matching(
  /^[\p{Ll}\p{Lm}\p{Lo}\p{N}_+'-]{1,100}$/u,
  'write the name of an emoji without colons, such as pushpin',
);

export const mailText = matching(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, 'write an e-mail address');

export const webUrl = refused((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const secure =
    url?.protocol === 'https:' || /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url?.hostname ?? '');
  if (url && /^https?:$/.test(url.protocol) && secure && !url.username) return undefined;
  return 'write an address such as https://example.freshdesk.com, without a password in it';
});

export const variableName = matching(
  /^[A-Z][A-Z0-9_]*$/,
  'write the name of an environment variable such as FRESHDESK_API_KEY, never the secret itself',
);

export const headerName = matching(/^[A-Za-z][A-Za-z0-9-]*$/, 'write the name of a header such as X-Token');

export const slackUserId = matching(
  /^[UW][A-Z0-9]{2,}$/,
  'write a Slack member id such as U012AB3CD (Profile, ⋮, Copy member ID)',
);

export const pagerdutyId = matching(
  /^[A-Z0-9]{2,}$/,
  "write an id of PagerDuty such as PANA01, the last part of its page's address",
);

export const githubLogin = matching(
  /^[A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d])){0,38}$/,
  'write a GitHub user name without @',
);

export const repositoryName = matching(
  /^[A-Za-z\d][A-Za-z\d-]*\/(?!\.{1,2}$)[\w.-]+$/,
  'write a repository as owner/name, such as 2i2c-org/incident-reports',
);

export const templateName = matching(
  /^[\w-]+$/,
  'write the name of a template such as 2i2c, binder or standard',
);

export const reportPath = refused((value) => {
  const allowed = 'write a path such as reports/{date}-{slug}.md; {date} and {slug} are filled in';
  const unknown = value.match(/\{(?!date\}|slug\})[^}]*\}?/)?.[0];
  if (unknown) return `${unknown} is not known here${didYouMean(unknown, ['{date}', '{slug}'])}; ${allowed}`;
  if (/[\\\0]/.test(value) || value.split('/').some((part) => ['', '.', '..'].includes(part))) {
    return `must stay inside the repository; ${allowed}`;
  }
  return value.includes('{slug}')
    ? undefined
    : `lacks {slug}, so reports of one day would overwrite each other; ${allowed}`;
});

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): z.ZodEnum<{ [K in Word]: K }> {
  return z.enum(words, {
    error: ({ input }) =>
      `allowed are ${words.join(', ')}${typeof input === 'string' ? didYouMean(input, words) : ''}`,
  });
}

function matching(pattern: RegExp, allowed: string): z.ZodString {
  return z.string({ error: allowed }).regex(pattern, { error: allowed, abort: true });
}

function refused(problemOf: (value: string) => string | undefined): z.ZodString {
  return z.string({ error: 'write it as text' }).superRefine((value, context) => {
    const message = problemOf(value);
    if (message) context.addIssue({ code: 'custom', message, input: value });
  });
}

function isRealDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
