import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Liquid, LiquidError } from 'liquidjs';
import type { ReportModel } from '../domain/report/report-model.ts';
import type { UpdateModel } from '../domain/report/update-model.ts';
import type { Audience } from '../domain/written-updates.ts';
import { TemplateError } from './template-error.ts';
import { registerFilters, TEMPLATE_FILTERS } from './template-filters.ts';

/** Where the templates lie that come with Daywatch; a team edits them in place. */
const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));
const OF_UPDATES = 'update-';

/**
 * A report by a template: the name of a file in `templates/` (`2i2c`), or a path to a Liquid file. The same model
 * makes the same bytes.
 * @throws TemplateError when the template is missing or wrong, with the file and the line.
 */
export function renderReport(template: string, model: ReportModel): Promise<string> {
  return renderTemplate(template, model, 'A report');
}

/** The words of an update for an audience: by `templates/update-community.md` and its like. */
export function renderUpdate(audience: Audience, model: UpdateModel): Promise<string> {
  return renderTemplate(`${OF_UPDATES}${audience}`, model, 'An update');
}

async function renderTemplate(template: string, model: object, what: string): Promise<string> {
  const file = fileOf(template);
  const source = await readTemplate(template, file);
  const engine = new Liquid({
    root: dirname(file),
    extname: '.md',
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    outputEscape: (value: unknown) => String(value ?? ''),
  });
  registerFilters(engine);
  try {
    const markdown: unknown = engine.renderSync(engine.parse(source, file), model);
    return `${String(markdown).trimEnd()}\n`;
  } catch (error) {
    if (error instanceof LiquidError) throw wrongTemplate(error, file, model, what);
    throw error;
  }
}

/** Names of the templates of reports in `templates/`, for help and for the checks of the team's file. */
export async function templateNames(): Promise<string[]> {
  const files = await readdir(TEMPLATES);
  return files
    .filter((file) => file.endsWith('.md') && !file.startsWith(OF_UPDATES))
    .map((file) => basename(file, '.md'))
    .sort();
}

function isName(template: string): boolean {
  return /^[\w-]+$/.test(template);
}

function fileOf(template: string): string {
  return isName(template) ? join(TEMPLATES, `${template}.md`) : resolve(template);
}

async function readTemplate(template: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const allowed = `one of ${(await templateNames()).join(', ')}, or the path of a file`;
    const what = isName(template) ? `there is no template “${template}”` : 'this file cannot be read';
    throw new TemplateError(file, undefined, `${what}; a template is ${allowed}.`, { cause });
  }
}

function wrongTemplate(error: LiquidError, file: string, model: object, kind: string): TemplateError {
  const [line] = error.token.getPosition();
  const [what = error.message] = error.message.split(', file:');
  return new TemplateError(
    error.token.file ?? file,
    line,
    `${what}. ${allowedInstead(what, model, kind)}`.trim(),
    {
      cause: error,
    },
  );
}

function allowedInstead(what: string, model: object, kind: string): string {
  if (what.includes('undefined variable')) return `${kind} knows: ${Object.keys(model).join(', ')}.`;
  if (what.includes('undefined filter')) {
    return `Beside Liquid's own filters there are ${Object.keys(TEMPLATE_FILTERS).join(', ')}.`;
  }
  return '';
}
