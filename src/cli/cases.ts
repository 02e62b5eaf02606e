import { access, constants, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ErrandProblem } from '../actions/errand-problem.ts';
import type { ReportChoices } from '../actions/render-report.ts';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { isZone } from '../domain/case/instants.ts';
import { caseOfPostmortem } from '../domain/case/postmortem-text.ts';
import { readCase } from '../domain/case/read-case.ts';
import { present } from '../domain/present.ts';
import { picturesIn } from '../report/pictures-in.ts';
import { reportHtml } from '../report/report-html.ts';
import { caseOfSlackExport, edgeOfRange } from '../slack/export-case.ts';
import { copyFiles, copyNamed, reportsFolder } from './copy-files.ts';
import { loadTeam } from './load.ts';
import { runErrand } from './run-errand.ts';
import { UsedWrongly } from './used-wrongly.ts';

const OUTPUT = { out: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
const CHOICES = {
  template: { type: 'string' },
  timezone: { type: 'string' },
  public: { type: 'boolean' },
} as const;

/** `daywatch export INC-12 [--out FILE] [--json]` */
export async function exportCommand(args: string[]): Promise<number> {
  const { values, positionals } = read(args, OUTPUT);
  const number = incidentNumber(positionals);
  const told = await runErrand('export-case', { number });
  if (told.private) {
    process.stderr.write(
      `${told.incident} is private, and this case holds all of its words: keep it to its members.\n`,
    );
  }
  if (values.out !== undefined) await writeWithFiles(values.out, told.text, reportsFolder());
  // The case is JSON itself, so `--json` changes only what is said of a file.
  if (values.out === undefined) process.stdout.write(told.text);
  else
    say(
      values.json,
      { incident: told.incident, path: resolve(values.out) },
      `${told.incident} is in ${values.out}.`,
    );
  return 0;
}

const OF_EXPORT = {
  channel: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  title: { type: 'string' },
} as const;

/**
 * `daywatch import FILE [--template T] [--timezone Z] [--public] [--out FILE] [--dry-run] [--json]`; of a Slack export
 * `[--channel C] [--from D] [--to D] [--title T]` too.
 */
export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = read(args, {
    ...OUTPUT,
    ...CHOICES,
    ...OF_EXPORT,
    'dry-run': { type: 'boolean' },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsedWrongly(
      'name one file to import: a case, a Slack export (zip) or the text of a postmortem.',
    );
  }
  const choices = choicesOf(values);
  const text = await readCaseFile(file, values);
  if (values.out !== undefined) await expectWritable(values.out);
  const fileName = basename(file);
  if (values['dry-run']) return check(text, fileName, values.json ?? false);
  const told = await runErrand('import-case', { text, fileName, choices, save: values.out === undefined });
  for (const warning of told.warnings) process.stderr.write(`${warning}\n`);
  await copyFiles(text, dirname(resolve(file)), reportsFolder());
  if (values.out !== undefined) await writeWithFiles(values.out, told.markdown, dirname(resolve(file)));
  const path = values.out === undefined ? told.path : resolve(values.out);
  const what = told.known
    ? `${told.incident} is this case already; nothing changed.`
    : `${told.incident} is imported${told.status === 'investigating' ? ', and open: the case does not say when it was resolved' : ''}.`;
  const { incident, status, known, warnings } = told;
  say(values.json, { incident, status, known, path, warnings }, `${what}\nIts report: ${path}`);
  return 0;
}

/** `daywatch report INC-12 [--template T] [--timezone Z] [--public] [--html] [--out FILE] [--json]` */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = read(args, { ...OUTPUT, ...CHOICES, html: { type: 'boolean' } });
  const number = incidentNumber(positionals);
  const told = await runErrand('report-of', { number, choices: choicesOf(values) });
  const { incident, markdown, files } = told;
  const wantsHtml = values.html ?? /\.html?$/i.test(values.out ?? '');
  const text = wantsHtml
    ? reportHtml(markdown, `Report of ${incident}`, picturesIn(reportsFolder(), files))
    : markdown;
  if (values.out === undefined) {
    say(values.json, { incident, [wantsHtml ? 'html' : 'markdown']: text }, text.trimEnd());
    return 0;
  }
  await write(values.out, text);
  if (!wantsHtml) await copyNamed(files, reportsFolder(), dirname(resolve(values.out)));
  say(values.json, { incident, path: resolve(values.out) }, `The report of ${incident} is in ${values.out}.`);
  return 0;
}

function read<Options extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: Options) {
  return parseArgs({ args, options, allowPositionals: true, allowNegative: true });
}

function incidentNumber(positionals: readonly string[]): number {
  const digits = /^(?:INC-)?([1-9]\d{0,8})$/i.exec(positionals[0] ?? '')?.[1];
  if (digits !== undefined && positionals.length === 1) return Number(digits);
  const what =
    positionals.length === 0 ? 'no incident is named' : `“${positionals.join(' ')}” is no incident`;
  throw new UsedWrongly(`${what}; name one, such as INC-12.`);
}

function choicesOf(values: { template?: string; timezone?: string; public?: boolean }): ReportChoices {
  const { template, timezone } = values;
  if (timezone !== undefined && !isZone(timezone)) {
    throw new UsedWrongly(`--timezone ${timezone} is no IANA zone; write one such as Europe/London or UTC.`);
  }
  return {
    // A path is meant from here; a running bot stands elsewhere.
    ...(template === undefined ? {} : { template: /^[\w-]+$/.test(template) ? template : resolve(template) }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(values.public === undefined ? {} : { public: values.public }),
  };
}

function check(text: string, fileName: string, json: boolean): number {
  const result = readCase(text, fileName);
  if ('problems' in result) {
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else process.stderr.write(`${[...result.problems, ...result.warnings].join('\n')}\n`);
    return 1;
  }
  const { entries } = result.case;
  for (const warning of result.warnings) if (!json) process.stderr.write(`${warning}\n`);
  say(
    json,
    { problems: [], warnings: result.warnings, entries: entries.length },
    `${fileName} is a right case of ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}. Nothing was imported.`,
  );
  return 0;
}

function say(json: boolean | undefined, told: object, words: string): void {
  process.stdout.write(`${json ? JSON.stringify(told) : words}\n`);
}

/** The text of a case: as it stands in the file, or made of what else was given. */
async function readCaseFile(
  file: string,
  choice: { timezone?: string; channel?: string; from?: string; to?: string; title?: string },
): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ErrandProblem(`The case ${file} cannot be read (${codeOf(error)}). Nothing was imported.`);
  });
  const name = basename(file);
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK';
  const typed = Object.keys(OF_EXPORT).filter((key) => choice[key as keyof typeof OF_EXPORT] !== undefined);
  if (!isZip && typed.length > 0) {
    throw new UsedWrongly(
      `--${typed[0]} is for the export of a Slack workspace, which is a zip; ${name} is none.`,
    );
  }
  const text = isZip ? '' : bytes.toString('utf8');
  if (!isZip && (name.endsWith('.json') || /^\uFEFF?\s*[[{]/.test(text) || text.trim() === '')) return text;
  const timezone = choice.timezone ?? (await reportTimezone());
  if (isZip)
    return caseOfSlackExport(bytes, name, {
      ...present({ channel: choice.channel, title: choice.title }),
      ...rangeOf(choice, timezone),
      timezone,
    });
  const read = caseOfPostmortem(text, name, timezone);
  if ('problems' in read) throw new ErrandProblem(`${read.problems.join('\n')}\nNothing was imported.`);
  return read.text;
}

async function reportTimezone(): Promise<string> {
  const settings = readEnvironment(withDotEnv(process.env), 'offline');
  return (await loadTeam(settings)).report.timezone;
}

function rangeOf(choice: { from?: string; to?: string }, zone: string): { from?: number; to?: number } {
  const edge = (which: 'from' | 'to') => {
    const typed = choice[which];
    if (typed === undefined) return {};
    const at = edgeOfRange(typed, which, zone);
    if (at !== undefined) return { [which]: at };
    throw new UsedWrongly(
      `--${which} ${typed} is no time; write a day such as 2025-08-12, or an instant such as 2025-08-12T17:00:00+01:00.`,
    );
  };
  return { ...edge('from'), ...edge('to') };
}

/** Found out before anything is imported, not after. */
async function expectWritable(file: string): Promise<void> {
  try {
    await access(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new ErrandProblem(`${file} cannot be written (${codeOf(error)}). Nothing was imported.`);
  }
}

/** What it shows of messages' files comes to stand beside it. */
async function writeWithFiles(file: string, text: string, from: string): Promise<void> {
  await write(file, text);
  await copyFiles(text, from, dirname(resolve(file)));
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new ErrandProblem(`${file} cannot be written (${codeOf(error)}).`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
