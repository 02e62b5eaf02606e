import { shownFiles } from '../files.ts';
import type { Incident } from '../incident.ts';
import { parseMarkdown, writeMarkdown } from '../markdown.ts';
import { present } from '../present.ts';
import { type Callings, ownNames, publicCallings } from '../report/callings.ts';
import { fileLinks } from '../report/entry-line.ts';
import { impactLasted } from '../report/impact-lasted.ts';
import { isStory } from '../report/is-story.ts';
import { nightWaited } from '../report/night-waited.ts';
import { factualResolution, factualSummary, lastWordsBefore } from '../report/own-words.ts';
import { calmMarkdown, mentionedIn } from '../report/people-text.ts';
import { plainName, type ReportNames, type ReportTeam } from '../report/report-team.ts';
import { bareTitle } from '../report/report-title.ts';
import { asTold } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import type { Instant, PersonId } from '../words.ts';
import { type Asides, entriesOfAsides } from './asides.ts';
import { declaredInstant, edgeMoment, headingOf } from './facts-of-case.ts';
import { type Case, type CaseEntry, isWebOrBeside } from './schema.ts';

export interface CaseSource {
  incident: Incident;
  entries: readonly Entry[];
  team: ReportTeam;
  names: ReportNames;
  /** IANA zone of an incident that brings none of its own. */
  zone: string;
  /** The chart that the report shows; one that came with a case is known. */
  chart?: { image: string; alt: string };
}

/**
 * The incident as a case: the report that is made of it after an import has the same words. Reading it back and writing
 * it again gives the same case.
 */
export function caseOfIncident(given: CaseSource): Case {
  const source = { ...given, incident: asTold(given.incident, given.entries) };
  const { incident } = source;
  const { written, resolvedAt, impact } = incident;
  const zone = written?.timezone ?? source.zone;
  const story = source.entries.filter(isStory);
  const told = new Teller(source, story, zone);
  const entries = story.map((entry) => told.entry(entry));
  const plain = {
    entries,
    ...present({ startedAt: startOf(incident), endedAt: impact.end?.at, resolvedAt }),
  };
  const known = asidesOf(incident, story, plain, { cast: told.cast(), work: told.work() });
  const chart = source.chart ?? written?.chart;
  const asides = entriesOfAsides({ ...known, ...present({ chart }) }, incident.declaredAt);
  const actionItems = told.actions();
  return {
    title: incident.title.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').trim(),
    ...present({ source: written?.source }),
    timezone: zone,
    ...plain,
    ...(written?.severityUnknown ? {} : { severity: incident.severity }),
    entries: [...entries, ...asides],
    ...present({ sections: told.sections() }),
    ...(actionItems.length > 0 ? { actionItems } : {}),
  };
}

/** An impact that is said to start after the end of all is a slip that no case may hold. */
function startOf({ impact, resolvedAt }: Incident): Instant | undefined {
  const start = impact.start?.at;
  return start !== undefined && resolvedAt !== undefined && start > resolvedAt ? undefined : start;
}

/** What the fields of a case leave out, as far as the import would not find it by itself. */
function asidesOf(
  incident: Incident,
  story: readonly Entry[],
  plain: Pick<Case, 'entries' | 'startedAt' | 'endedAt' | 'resolvedAt'>,
  { cast, work }: Pick<Asides, 'cast' | 'work'>,
): Asides {
  const { declaredAt, impact, written, status, resolvedAt } = incident;
  const pages = Object.values(incident.pages);
  const pagedAt = first([...pages.map((page) => page.pagedAt), written?.pagedAt]);
  const acknowledgedAt = first([
    ...pages.map((page) => (page.state === 'acknowledged' ? page.settledAt : undefined)),
    written?.acknowledgedAt,
  ]);
  const [start, end] = ([impact.start, impact.end] as const).map((moment) =>
    moment && !same(moment, edgeMoment(moment.at, plain.entries)) ? moment : undefined,
  );
  const plainStatus = resolvedAt === undefined ? 'investigating' : 'resolved';
  return {
    ...present({ retrospective: incident.retrospective }),
    ...(declaredInstant(plain) === declaredAt ? {} : { declaredAt }),
    impact: present({ start, end }),
    ...present({ pagedAt, acknowledgedAt, waitedMs: nightWaited(incident) }),
    ...(status === plainStatus ? {} : { status: { at: resolvedAt ?? declaredAt, status } }),
    closedAlerts: story.flatMap(({ endedAt, moment }, index) => {
      const text = plain.entries[index]?.text;
      return endedAt === undefined || text === undefined ? [] : [{ at: moment.at, until: endedAt, text }];
    }),
    cast,
    work,
    shown: incident.shownInPublic ?? [],
  };
}

/** Puts what people wrote into the words of a case: everybody by their name, and what a public report calls them. */
class Teller {
  readonly #source: CaseSource;
  readonly #story: readonly Entry[];
  readonly #zone: string;
  readonly #own: Callings;
  readonly #public: Callings;
  readonly #mentioned: PersonId[];
  /** The role in which somebody comes first, by name: that one stands for them all through a report. */
  readonly #shown = new Map<string, string>();

  constructor(source: CaseSource, story: readonly Entry[], zone: string) {
    const { incident, team, names } = source;
    this.#source = source;
    this.#story = story;
    this.#zone = zone;
    this.#own = ownNames(names);
    const { summary, resolution, lessons, actions } = incident;
    const texts = [
      ...story.map(({ content }) => content.text),
      ...[summary, resolution].filter((text) => text !== undefined),
      ...lessons.map(({ text }) => text),
      ...actions.map(({ title }) => title),
    ];
    this.#mentioned = texts.flatMap((text) => (holdsIds(text) ? mentionedIn(parseMarkdown(text)) : []));
    this.#public = publicCallings({ incident, entries: story, mentioned: this.#mentioned, team, names });
  }

  entry(entry: Entry): CaseEntry {
    const { content, moment, origin, author, kind } = entry;
    const { quote, code, raw, link, followUp } = content;
    const { picture, links } = shownFiles(entry);
    const image = content.image ?? picture;
    const files = writeMarkdown({ type: 'root', children: fileLinks(links) });
    const imported = origin === 'import';
    const named = author.kind === 'person' && origin !== 'daywatch' && (imported || kind !== 'alert');
    const person = named ? plainName(author.id, this.#source.names) : undefined;
    const speaker = author.kind === 'service' && entry.source ? author.name : undefined;
    const role = imported || !named ? (content.role ?? speaker) : (content.role ?? this.#roleOf(author.id));
    if (person !== undefined && role !== undefined) this.#show(person, role);
    return {
      at: moment.at,
      ...present({ until: moment.until, approximate: moment.approximate || undefined }),
      kind,
      ...present({ role, person }),
      text:
        [this.#words(content.text), files.trim()].filter(Boolean).join('\n\n') ||
        (image ? 'Picture.' : code ? 'Words:' : '…'),
      ...present({
        quote: quote || undefined,
        code,
        raw,
        link: link !== undefined && /^https?:/i.test(link) && URL.canParse(link) ? link : undefined,
        image: image !== undefined && isWebOrBeside(image) ? image : undefined,
        followUp,
      }),
    };
  }

  /** Whom texts name and no entry introduces: what a public report calls them must not be lost. */
  cast(): Asides['cast'] {
    const { incident, names } = this.#source;
    const pages = Object.values(incident.pages).flatMap(({ person, policy }) => (policy ? [] : [person]));
    const resolver = incident.resolvedBy?.kind === 'person' ? [incident.resolvedBy.id] : [];
    const cast = [...(incident.written?.cast ?? [])];
    for (const id of new Set([...this.#mentioned, ...pages, ...resolver])) {
      const person = plainName(id, names);
      const role = this.#roleOf(id);
      if (role !== undefined) cast.push({ person, role });
    }
    return cast.filter(({ person, role }) => {
      if (this.#shown.get(person) === role) return false;
      this.#show(person, role);
      return true;
    });
  }

  #show(person: string, role: string): void {
    if (!this.#shown.has(person)) this.#shown.set(person, role);
  }

  /** Who sees to the action items that stand, and by when. */
  work(): Asides['work'] {
    return this.#standing().flatMap(({ owner, due }, index) =>
      owner === undefined && due === undefined
        ? []
        : [
            {
              item: index + 1,
              ...present({
                owner: owner === undefined ? undefined : plainName(owner, this.#source.names),
                due,
              }),
            },
          ],
    );
  }

  #standing() {
    return this.#source.incident.actions.filter(({ withdrawn }) => !withdrawn);
  }

  actions(): NonNullable<Case['actionItems']> {
    return this.#standing().map(({ title, category, heading, url, done, doneUnknown }) => ({
      title: this.#words(title),
      ...present({
        category: heading ?? (category === undefined ? undefined : headingOf(category)),
        link: url,
        done: doneUnknown && !done ? undefined : done,
      }),
    }));
  }

  sections(): Case['sections'] {
    const { incident } = this.#source;
    const lessons = incident.lessons.filter(({ withdrawn }) => !withdrawn);
    const of = (kind: string) => {
      const texts = lessons.filter((lesson) => lesson.kind === kind).map(({ text }) => this.#words(text));
      return texts.length > 0 ? texts : undefined;
    };
    const sections = present({
      summary: this.#written(incident.summary, () => this.#summary()),
      resolution: this.#written(incident.resolution, () => this.#resolution()),
      wentWell: of('well'),
      wentWrong: of('badly'),
      lucky: of('lucky'),
    });
    return Object.keys(sections).length > 0 ? sections : undefined;
  }

  /** What nobody wrote is what the report says instead; what came as a case is left as it came. */
  #written(text: string | undefined, instead: () => string | undefined): string | undefined {
    if (text !== undefined) return this.#words(text);
    return this.#source.incident.written ? undefined : instead();
  }

  #summary(): string {
    return factualSummary(this.#asStory());
  }

  #resolution(): string | undefined {
    const { resolvedAt } = this.#source.incident;
    if (resolvedAt === undefined) return undefined;
    const last = lastWordsBefore(this.#story, resolvedAt);
    return last ? this.#words(last.content.text) : factualResolution(this.#asStory());
  }

  #asStory() {
    const { incident, team } = this.#source;
    const lastedMs = impactLasted(incident);
    return {
      incident,
      entries: this.#story,
      title: bareTitle(incident.title),
      zone: this.#zone,
      team,
      callings: this.#own,
      ...present({ lastedMs }),
    };
  }

  #roleOf(id: PersonId): string | undefined {
    const label = this.#public.person(id);
    return label === plainName(id, this.#source.names) ? undefined : label;
  }

  /** As it was written, unless it holds ids that mean something here only. */
  #words(text: string): string {
    return (holdsIds(text) ? calmMarkdown(text, this.#own) : text).trim();
  }
}

function holdsIds(text: string): boolean {
  return /\]\((?:person|channel):/.test(text);
}

function same(one: object, other: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
  return sorted(one) === sorted(other);
}

function first(instants: readonly (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
