import type { Finding } from '../domain/public-form/veil.ts';
import type { ShownPicture } from '../domain/report/public-pictures.ts';
import { type ReportInput, reportWithFindings } from '../domain/report/report-model.ts';
import { detectSecrets, textsOf } from './detect-secrets.ts';
import { renderReport } from './render.ts';

/** A report, and what its public form holds back. */
export interface RenderedReport {
  markdown: string;
  findings: Finding[];
  /** As the report calls the incident. */
  title: string;
  /** `2025-08-12` */
  date: string;
  /** The action items that stand, as the report words them: Markdown in one line. */
  actions: { id: string; title: string; url: string }[];
  /** What the public form shows beside it, under names of its own. */
  pictures: ShownPicture[];
}

/**
 * The report of an incident as Markdown, by the named template.
 * @throws TemplateError when the template is missing or wrong.
 */
export async function reportMarkdown(input: ReportInput & { template: string }): Promise<string> {
  return (await renderedReport(input)).markdown;
}

/** The same with what a public form holds back, which is looked for before anything is written. */
export async function renderedReport(input: ReportInput & { template: string }): Promise<RenderedReport> {
  const secrets = input.public ? await detectSecrets(textsOf(input)) : [];
  const { model, findings, pictures } = reportWithFindings({ ...input, secrets });
  const markdown = await renderReport(input.template, model);
  const actions = model.actions.map(({ id, title, url }) => ({ id, title, url }));
  return { markdown, findings, title: model.title, date: model.date, actions, pictures };
}
