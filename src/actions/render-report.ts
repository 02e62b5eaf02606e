import type { Desk } from '../core.ts';
import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { nameOf } from '../domain/people.ts';
import type { PersonId } from '../domain/words.ts';
import { type RenderedReport, renderedReport } from '../report/report-markdown.ts';
import { nameOfChannel } from './channel-names.ts';
import { describedEntries } from './described-entries.ts';
import { chartInReport } from './draw-chart.ts';
import { nameablePerson } from './profiles.ts';

export interface ReportChoices {
  /** A name in `templates/`, or a file. */
  template?: string;
  /** IANA. */
  timezone?: string;
  public?: boolean;
  /** What the chart's file is called where the report goes; as it is saved unless said otherwise. */
  chartImage?: string;
  /** Kept files that cannot go where the report goes. */
  leftOut?: readonly string[];
}

/** The report as the team's file, or the case that was imported, has it, unless chosen otherwise. A private incident's is never the public form's file. */
export async function renderIncident(
  core: Desk,
  incident: Incident,
  choices: ReportChoices,
): Promise<string> {
  return (await renderedIncident(core, incident, choices)).markdown;
}

/** The same with what its public form holds back. */
export async function renderedIncident(
  core: Desk,
  incident: Incident,
  choices: ReportChoices = {},
): Promise<RenderedReport> {
  const { facts, entries } = await describedEntries(core, incident);
  const names = await namesOf(core, facts);
  const { report } = core.team;
  const zone = choices.timezone ?? incident.written?.timezone ?? report.timezone;
  const chart = chartInReport(incident, facts, entries, zone);
  return renderedReport({
    incident,
    entries,
    team: core.team,
    names,
    zone,
    ...(chart ? { chart: { ...chart, image: choices.chartImage ?? chart.image } } : {}),
    ...(choices.leftOut ? { leftOut: choices.leftOut } : {}),
    public: choices.public ?? report.public,
    template: choices.template ?? report.template,
  });
}

/** Everybody that the facts speak of, by name. */
export async function namesOf(core: Desk, facts: readonly Fact[]) {
  const ids = new Set<PersonId>();
  for (const fact of facts) {
    if (fact.by.kind === 'person') ids.add(fact.by.id);
    for (const key of ['person', 'author', 'responder', 'owner', 'to', 'from'] as const) {
      const value = (fact as unknown as Record<string, unknown>)[key];
      if (typeof value === 'string') ids.add(value);
    }
    for (const [, id] of JSON.stringify(fact).matchAll(/\(person:([^)\s"\\]+)\)/g))
      if (id) ids.add(decodeURIComponent(id));
  }
  const mentioned = facts.flatMap((fact) => [
    ...JSON.stringify(fact).matchAll(/\(channel:([CGD][A-Z0-9]+)\)/g),
  ]);
  const channels = new Map<string, string>();
  for (const id of new Set(mentioned.map(([, channel = '']) => channel))) {
    const name = await nameOfChannel(core, id);
    if (name !== undefined) channels.set(id, name);
  }
  const profiles = new Map(
    await Promise.all([...ids].map(async (id) => [id, await nameablePerson(core, id)] as const)),
  );
  return {
    person: (id: PersonId) => profiles.get(id)?.name ?? nameOf(core.team, id),
    channel: (id: string) => channels.get(id),
    otherNames: (id: PersonId) => profiles.get(id)?.otherNames ?? [],
  };
}
