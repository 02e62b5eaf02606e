import { describer } from '../domain/describe.ts';
import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { nameOf } from '../domain/people.ts';
import { timeline } from '../domain/timeline.ts';
import type { PersonId } from '../domain/words.ts';
import type { Core } from '../jobs/context.ts';
import { reportMarkdown } from '../report/report-markdown.ts';
import { factsOf } from '../store/incidents.ts';
import { nameablePerson } from './profiles.ts';

export interface ReportChoices {
  /** A name in `templates/`, or a file. */
  template?: string;
  /** IANA. */
  timezone?: string;
  public?: boolean;
}

/** The report as the team's file has it, unless chosen otherwise. A private incident's is never the public form's file. */
export async function renderIncident(
  core: Core,
  incident: Incident,
  choices: ReportChoices,
): Promise<string> {
  const facts = await factsOf(core.store.database.prisma, incident.number);
  const names = await namesOf(core, facts);
  const { report } = core.team;
  return reportMarkdown({
    incident,
    entries: timeline(facts, describer()),
    team: core.team,
    names,
    zone: choices.timezone ?? report.timezone,
    public: choices.public ?? report.public,
    template: choices.template ?? report.template,
  });
}

/** Everybody that the facts speak of, by name. */
async function namesOf(core: Core, facts: readonly Fact[]) {
  const ids = new Set<PersonId>();
  for (const fact of facts) {
    if (fact.by.kind === 'person') ids.add(fact.by.id);
    for (const key of ['person', 'author', 'responder', 'to', 'from'] as const) {
      const value = (fact as unknown as Record<string, unknown>)[key];
      if (typeof value === 'string') ids.add(value);
    }
    for (const [, id] of JSON.stringify(fact).matchAll(/\(person:([^)\s"\\]+)\)/g))
      if (id) ids.add(decodeURIComponent(id));
  }
  const profiles = new Map(
    await Promise.all([...ids].map(async (id) => [id, await nameablePerson(core, id)] as const)),
  );
  return {
    person: (id: PersonId) => profiles.get(id)?.name ?? nameOf(core.team, id),
    otherNames: (id: PersonId) => profiles.get(id)?.otherNames ?? [],
  };
}
