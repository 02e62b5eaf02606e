import type { Desk } from '../core.ts';
import { incidentName } from '../domain/words.ts';
import { TemplateError } from '../report/template-error.ts';
import { ErrandProblem } from './errand-problem.ts';
import { incidentNumbered } from './export-case.ts';
import { type ReportChoices, renderedIncident } from './render-report.ts';
import { filesOfReport, type ReportFile } from './report-files.ts';

/** The report of an incident as it stands now, open ones included. */
export async function reportOf(
  desk: Desk,
  { number, choices }: { number: number; choices: ReportChoices },
): Promise<{ incident: string; markdown: string; files: ReportFile[] }> {
  const incident = await incidentNumbered(desk, number);
  const report = await sayingWhere(() => renderedIncident(desk, incident, choices));
  const { markdown } = report;
  return { incident: incidentName(number), markdown, files: filesOfReport(report) };
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
