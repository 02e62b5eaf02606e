import type { Desk } from '../core.ts';
import { caseOfIncident } from '../domain/case/case-of-incident.ts';
import { caseText } from '../domain/case/case-text.ts';
import { describer } from '../domain/describe.ts';
import type { Incident } from '../domain/incident.ts';
import { timeline } from '../domain/timeline.ts';
import { incidentName } from '../domain/words.ts';
import { factsOf, incidentByNumber } from '../store/incidents.ts';
import { chartInReport } from './draw-chart.ts';
import { ErrandProblem } from './errand-problem.ts';
import { namesOf } from './render-report.ts';

/** An incident as the text of a case. */
export async function exportCase(
  desk: Desk,
  ask: { number: number },
): Promise<{ incident: string; text: string; private: boolean }> {
  const incident = await incidentNumbered(desk, ask.number);
  const facts = await factsOf(desk.store.database.prisma, incident.number);
  const entries = timeline(facts, describer());
  const zone = desk.team.report.timezone;
  const chart = chartInReport(incident, facts, entries, incident.written?.timezone ?? zone);
  const given = caseOfIncident({
    incident,
    entries,
    team: desk.team,
    names: await namesOf(desk, facts),
    zone,
    ...(chart ? { chart } : {}),
  });
  return { incident: incidentName(incident.number), text: caseText(given), private: incident.private };
}

/** @throws ErrandProblem when there is none of that number. */
export async function incidentNumbered(desk: Pick<Desk, 'store'>, number: number): Promise<Incident> {
  const incident = await incidentByNumber(desk.store.database.prisma, number);
  if (incident) return incident;
  throw new ErrandProblem(`There is no ${incidentName(number)} in this database.`);
}
