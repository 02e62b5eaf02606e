import { describer } from '../../src/domain/describe.ts';
import type { EntryContent, FactBody, NewFact } from '../../src/domain/facts.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import type { ReportInput } from '../../src/domain/report/report-model.ts';
import type { ReportTeam } from '../../src/domain/report/report-team.ts';
import { timeline } from '../../src/domain/timeline.ts';
import type { Actor, Instant } from '../../src/domain/words.ts';

const ana: Actor = { kind: 'person', id: 'U0ANA' };

/** A team of three with a roster, and one service with its community. */
export const team: ReportTeam = {
  people: [
    { name: 'Ana Silva', slack: 'U0ANA', github: 'anasilva', email: 'ana@example.org' },
    { name: 'Ben Okafor', slack: 'U0BEN', github: 'ben-o', email: 'ben@example.org' },
    { name: 'Chitra Rao', slack: 'U0CHI', title: 'People Operations Lead' },
    { name: 'Georgiana Pop', slack: 'U0GEO' },
  ],
  rosters: { 'tech-lead': { members: ['Georgiana Pop'] } },
  severities: { sev1: { label: 'Outage' } },
  services: [{ name: 'LEAP hub', communities: [{ name: 'LEAP', contact: 'Community representative' }] }],
  report: { namesFromOutside: false },
};

const displayNames: Record<string, string> = {
  U0ANA: 'Ana Silva',
  U0BEN: 'Ben Okafor',
  U0CHI: 'Chitra Rao',
  U0GEO: 'Georgiana Pop',
  U0OUT: 'Sarika de Bruyn',
};

const names = { person: (id: string) => displayNames[id] ?? id };

export const DECLARED = Date.parse('2025-08-12T16:00:00Z');

/** A report's input from what happened: `[minutes after the declaration, fact, by]`. */
export function storyOf(
  happenings: readonly (readonly [number, FactBody, Actor?])[],
  options: { public?: boolean; zone?: string; team?: ReportTeam; title?: string; at?: Instant } = {},
): ReportInput {
  const at = options.at ?? DECLARED;
  const title = options.title ?? 'LEAP hub outage';
  const declared: NewFact = {
    type: 'declared',
    title,
    severity: 'sev1',
    private: false,
    responder: 'U0ANA',
    service: 'LEAP hub',
    by: ana,
    at,
  };
  const later = happenings.map(([minutes, fact, by = ana]) => ({ ...fact, by, at: at + minutes * 60_000 }));
  const facts = [declared, ...later].map((fact, index) => ({ ...fact, seq: index + 1, recordedAt: fact.at }));
  return {
    incident: foldIncident({ number: 12, uid: 'uid-12' }, facts),
    entries: timeline(facts, describer()),
    team: options.team ?? team,
    names,
    zone: options.zone ?? 'Europe/London',
    public: options.public ?? true,
  };
}

let count = 0;

/** An entry at a number of minutes after the declaration. */
export function said(
  minutes: number,
  text: string,
  more: Partial<EntryContent> & {
    author?: string;
    [field: string]: unknown;
  } = {},
): readonly [number, FactBody] {
  const { author, approximate, untilMinutes, ...content } = more;
  count += 1;
  const moment = {
    at: DECLARED + minutes * 60_000,
    ...(approximate === true ? { approximate } : {}),
    ...(typeof untilMinutes === 'number' ? { until: DECLARED + untilMinutes * 60_000 } : {}),
  };
  const fact: FactBody = {
    type: 'entry-recorded',
    entry: `e${count}`,
    origin: 'reaction',
    content: { kind: 'message', text, ...content },
    moment,
    author: author ?? 'U0ANA',
  };
  return [minutes, fact];
}
