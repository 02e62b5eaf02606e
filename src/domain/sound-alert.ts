import type { IncomingAlert } from './alert.ts';

const TITLE_MAX = 300;
const RAW_MAX = 4_000;
const LABELS_MAX = 64;
const LABEL_MAX = 500;

/** The alert without what no database holds, and no longer than anybody reads: it comes from outside. */
export function soundAlert(alert: IncomingAlert): IncomingAlert {
  const { series, family, link, happened, endedAt } = alert;
  const labels = Object.entries(alert.labels)
    .slice(0, LABELS_MAX)
    .map(([label, value]) => [soundText(label, LABEL_MAX), soundText(value, LABEL_MAX)]);
  const startedAt = instant(alert.startedAt) ?? instant(endedAt) ?? new Date(0);
  const ended = instant(endedAt);
  return {
    ...alert,
    fingerprint: soundText(alert.fingerprint, LABEL_MAX),
    startedAt,
    // No alert ends before it begins.
    ...(ended === undefined ? {} : { endedAt: ended < startedAt ? startedAt : ended }),
    title: soundText(alert.title.replaceAll(/\s+/g, ' ').trim(), TITLE_MAX) || 'An alert without a name',
    labels: Object.fromEntries(labels),
    raw: soundText(alert.raw, RAW_MAX),
    ...(series === undefined ? {} : { series: soundText(series, LABEL_MAX) }),
    ...(family === undefined ? {} : { family: soundText(family, LABEL_MAX) }),
    ...(link === undefined ? {} : { link: soundText(link, RAW_MAX) }),
    ...(happened === undefined ? {} : { happened: { ...happened, text: soundText(happened.text, RAW_MAX) } }),
  };
}

/** Words without what no database holds, cut to `most` letters. */
export function soundText(words: string, most: number): string {
  const sound = words.replaceAll('\0', '').toWellFormed();
  return sound.length <= most ? sound : `${sound.slice(0, most - 1).toWellFormed()}…`;
}

/** Years that every calendar and database of ours can write. */
function instant(at: Date | undefined): Date | undefined {
  const year = at?.getUTCFullYear() ?? Number.NaN;
  return at !== undefined && year >= 1970 && year <= 9999 ? at : undefined;
}
