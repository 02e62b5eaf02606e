import { type ReportInput, reportModel } from '../domain/report/report-model.ts';
import { renderReport } from './render.ts';

/**
 * The report of an incident as Markdown, by the named template.
 * @throws TemplateError when the template is missing or wrong.
 */
export function reportMarkdown(input: ReportInput & { template: string }): Promise<string> {
  return renderReport(input.template, reportModel(input));
}
