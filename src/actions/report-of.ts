import type { Desk } from '../core.ts';
import { incidentName } from '../domain/words.ts';
import { TemplateError } from '../report/template-error.ts';
import { ErrandProblem } from './errand-problem.ts';
import { incidentNumbered } from './export-case.ts';
import { type ReportChoices, renderIncident } from './render-report.ts';

/** The report of an incident as it stands now, open ones included. */
export async function reportOf(
  desk: Desk,
  { number, choices }: { number: number; choices: ReportChoices },
): Promise<{ incident: string; markdown: string }> {
  const incident = await incidentNumbered(desk, number);
  const markdown = await sayingWhere(() => renderIncident(desk, incident, choices));
  return { incident: incidentName(number), markdown };
}

/** @throws ErrandProblem with the file and the line, when the template is not right. */
export async function sayingWhere<Report>(render: () => Promise<Report>): Promise<Report> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof TemplateError) throw new ErrandProblem(error.message);
    throw error;
  }
}
