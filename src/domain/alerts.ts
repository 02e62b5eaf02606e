import { type AlertEvent, impactProposal, sourceActor } from './alert.ts';
import type { AlertLine } from './alert-line.ts';
import { type News, tellNews } from './alert-news.ts';
import { type Changes, nothing } from './decision.ts';
import type { NewFact } from './facts.ts';
import { openProposal, proposeImpact } from './impact-proposals.ts';
import type { Incident } from './incident.ts';
import { asTyped } from './sentence.ts';
import type { Entry } from './timeline.ts';
import type { Instant } from './words.ts';

/** The entry of an alert: one for all the times that the same thing opens. */
export function entryOfAlert(series: string): string {
  return `alert-${series}`;
}

function entryOfEvent(id: string): string {
  return `alert-event-${id}`;
}

/** All entries that a line may already have; an alert's own fingerprint names those of before it had a series. */
export function entriesOfLine(line: AlertLine): string[] {
  return [
    entryOfAlert(line.series),
    ...line.fingerprints.map(entryOfAlert),
    ...line.happened.map(({ id }) => entryOfEvent(id)),
  ];
}

/**
 * Brings the timeline to what is known of alerts: a line stands at the time at which the alert started, and its end,
 * its return and what is learnt late change that line. The channel hears of what is new.
 */
export function joinAlerts(
  incident: Incident,
  lines: readonly AlertLine[],
  entryCalled: (id: string) => Entry | undefined,
  now: Instant,
): Changes {
  const facts: NewFact[] = [];
  const news: News[] = [];
  const proposals: { line: AlertLine; id: string }[] = [];
  for (const line of lines) {
    const id = [line.series, ...line.fingerprints].map(entryOfAlert).find((name) => entryCalled(name));
    const entry = id === undefined ? undefined : entryCalled(id);
    const name = id ?? entryOfAlert(line.series);
    const changes = lineFacts(name, entry, line, now);
    facts.push(...changes, ...eventFacts(line, entryCalled, now));
    const told = changes.length > 0 ? newsOf(entry, line) : undefined;
    if (told) news.push(told);
    if (changes.length > 0) proposals.push({ line, id: name });
  }
  const telling = tellNews(incident, news, now);
  // In a flood nobody reads proposals.
  const [first] = proposals.length === 1 ? proposals : [];
  const proposed = first ? proposalOf(incident, first.line, first.id, now) : nothing();
  return {
    facts: [...facts, ...telling.facts, ...proposed.facts],
    effects: [...telling.effects, ...proposed.effects],
  };
}

function lineFacts(id: string, entry: Entry | undefined, line: AlertLine, now: Instant): NewFact[] {
  const by = sourceActor(line.source);
  const facts: NewFact[] = [];
  if (!entry) {
    facts.push({
      type: 'entry-recorded',
      entry: id,
      origin: 'alert',
      content: {
        kind: 'alert',
        text: line.text,
        raw: line.raw,
        ...(line.link === undefined ? {} : { link: line.link }),
        role: 'monitoring',
      },
      moment: { at: line.at },
      by,
      at: now,
      key: `entry:${id}`,
    });
  }
  const { told } = entry ?? {};
  const known = {
    at: told?.at ?? line.at,
    text: told?.text ?? line.text,
    raw: entry?.content.raw ?? line.raw,
    link: entry ? entry.content.link : line.link,
    endedAt: entry?.endedAt,
    times: entry?.times ?? 1,
  };
  const isSame =
    known.at === line.at &&
    known.text === line.text &&
    known.raw === line.raw &&
    known.link === line.link &&
    known.endedAt === line.endedAt &&
    known.times === line.times;
  if (isSame) return facts;
  const { at: from, text, raw, link, endedAt, times } = line;
  facts.push({
    type: 'alert-told',
    entry: id,
    text,
    raw,
    from,
    times,
    ...(link === undefined ? {} : { link }),
    ...(endedAt === undefined ? {} : { endedAt }),
    by,
    at: now,
  });
  return facts;
}

function eventFacts(
  line: AlertLine,
  entryCalled: (id: string) => Entry | undefined,
  now: Instant,
): NewFact[] {
  return line.happened
    .filter(({ id }) => !entryCalled(entryOfEvent(id)))
    .map((happened) => eventFact(happened, now));
}

/** What was done to an alert in PagerDuty, as a line of its own. */
export function eventFact({ id, at, by, kind, text }: AlertEvent, now: Instant): NewFact {
  return {
    type: 'entry-recorded',
    entry: entryOfEvent(id),
    origin: 'alert',
    content: { kind, text },
    moment: { at },
    ...(by.kind === 'person' ? { author: by.id } : {}),
    by: sourceActor('pagerduty'),
    at: now,
    key: `entry:${entryOfEvent(id)}`,
  };
}

/** Opened, opened again, or over; what only corrects the line is no news. */
function newsOf(entry: Entry | undefined, line: AlertLine): News | undefined {
  const { title, times, endedAt } = line;
  const again = (entry?.times ?? (entry ? 1 : 0)) < times;
  const link = line.link ? ` ([alert](${line.link}))` : '';
  const words = `${asTyped(title)}${link}`;
  const nth = times > 1 ? ` (${times} times by now)` : '';
  const key = `${entryOfAlert(line.series)}:${times}`;
  if (endedAt !== undefined) {
    if (entry?.endedAt !== undefined && !again) return undefined;
    const over = again ? `🟢 Opened, and over already: ${words}${nth}.` : `🟢 Recovered: ${words}.`;
    return { what: again ? 'opened' : 'closed', notice: `${key}:closed`, title, text: over };
  }
  if (!again) return undefined;
  const text = times > 1 ? `🔴 Again: ${words}${nth}.` : `🔴 ${asLine(line, link)}`;
  return { what: 'opened', notice: `${key}:open`, title, text };
}

/** `Uptime check for … is failing ([alert](…)). The check had then been failing for 31 minutes.` */
function asLine(line: AlertLine, link: string): string {
  const title = asTyped(line.title);
  return `${title}${link}${line.text.slice(title.length)}`;
}

/** The alert's own delay tells when the trouble began: an approximate time, for somebody to confirm. */
function proposalOf(incident: Incident, line: AlertLine, id: string, now: Instant): Changes {
  const began = impactProposal({ ...line, startedAt: line.at });
  const open = openProposal(incident, 'start');
  // One question at a time: what another alert suggested stands, unless this one knows of an earlier time.
  if (!began || (open && open.id !== id && open.proposal.moment.at <= began.getTime())) return nothing();
  const minutes = Math.round((line.delaySeconds ?? 0) / 60);
  const proposed = {
    id,
    edge: 'start',
    moment: { at: began.getTime(), approximate: true },
    because: `The alert “${asTyped(line.title)}” opened ${minutes} min after the trouble was first measured.`,
  } as const;
  return proposeImpact(incident, proposed, sourceActor(line.source), now);
}
