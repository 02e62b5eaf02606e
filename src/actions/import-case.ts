import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Desk, nowOf } from '../core.ts';
import { caseOfIncident } from '../domain/case/case-of-incident.ts';
import { caseText } from '../domain/case/case-text.ts';
import { factsOfCase, numbered } from '../domain/case/facts-of-case.ts';
import { IMPORTER } from '../domain/case/importer.ts';
import { readCase } from '../domain/case/read-case.ts';
import type { Case } from '../domain/case/schema.ts';
import { describer } from '../domain/describe.ts';
import { foldIncident, type Incident } from '../domain/incident.ts';
import { nameOf } from '../domain/people.ts';
import { NO_TEAM } from '../domain/report/report-team.ts';
import { timeline } from '../domain/timeline.ts';
import { incidentName, type Status } from '../domain/words.ts';
import { type RenderedReport, reportMarkdown } from '../report/report-markdown.ts';
import { incidentByUid } from '../store/incidents.ts';
import { beginIncidentWith, changeIncident } from './change.ts';
import { ErrandProblem } from './errand-problem.ts';
import { type ReportChoices, renderedIncident } from './render-report.ts';
import { sayingWhere } from './report-of.ts';
import { reportFileName, saveReport } from './saved-report.ts';

interface Imported {
  incident: string;
  status: Status;
  /** It was there already, and nothing changed. */
  known: boolean;
  markdown: string;
  /** Where the report was saved; absent when the caller keeps it. */
  path?: string;
  warnings: string[];
}

/**
 * A case becomes an incident that is told of nowhere: nobody is paged, no channel opens, nothing is announced. What a
 * case says is what it is, so the same one again is the same incident.
 */
export async function importCase(
  desk: Desk,
  ask: { text: string; fileName: string; choices: ReportChoices; save: boolean },
): Promise<Imported> {
  const read = readCase(ask.text, ask.fileName);
  if ('problems' in read) throw new ErrandProblem([...read.problems, ...read.warnings].join('\n'));
  await tryReport(desk, read.case, ask.choices);
  const { incident, known } = await begun(desk, read.case);
  const report = await sayingWhere(() => renderedIncident(desk, incident, ask.choices));
  const path = ask.save ? await saved(desk, incident, report) : undefined;
  return {
    incident: incidentName(incident.number),
    status: incident.status,
    known,
    markdown: report.markdown,
    ...(path === undefined ? {} : { path }),
    warnings: read.warnings,
  };
}

/** A template that is wrong is found before anything is written. */
async function tryReport(desk: Desk, given: Case, choices: ReportChoices): Promise<void> {
  const facts = numbered(factsOfCase(given, 0), 0);
  await sayingWhere(() =>
    reportMarkdown({
      incident: foldIncident({ number: 0, uid: '' }, facts),
      entries: timeline(facts, describer()),
      team: desk.team,
      names: { person: (id) => nameOf(desk.team, id) },
      zone: choices.timezone ?? given.timezone,
      public: choices.public ?? desk.team.report.public,
      template: choices.template ?? desk.team.report.template,
    }),
  );
}

async function begun(desk: Desk, given: Case): Promise<{ incident: Incident; known: boolean }> {
  const uid = contentKey(given);
  const find = () => incidentByUid(desk.store.database.prisma, uid);
  const standing = await find();
  if (standing) return { incident: standing, known: true };
  try {
    const outcome = await beginIncidentWith(
      desk.store,
      () => ({ facts: factsOfCase(given, nowOf(desk)), effects: [] }),
      { uid, patient: true },
    );
    if (outcome.kind === 'done') return { incident: outcome.incident, known: false };
    throw new Error(`a case was answered with ${outcome.kind}`);
  } catch (error) {
    // The same file, imported twice at once: the other one was quicker.
    const other = await find();
    if (other) return { incident: other, known: true };
    throw error;
  }
}

/** The same for every file that says the same, however it is written down. */
function contentKey(given: Case): string {
  const facts = numbered(factsOfCase(given, 0), 0);
  const text = caseText(
    caseOfIncident({
      incident: foldIncident({ number: 0, uid: '' }, facts),
      entries: timeline(facts, describer()),
      team: NO_TEAM,
      names: { person: (id) => id },
      zone: given.timezone,
    }),
  );
  return `case-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

async function saved(desk: Desk, incident: Incident, report: RenderedReport): Promise<string> {
  const file = incident.reportFile ?? reportFileName(incident, report);
  await saveReport(desk, file, report.markdown);
  if (incident.reportFile === undefined) {
    await changeIncident(desk.store, { number: incident.number }, () => ({
      facts: [{ type: 'report-made', file, by: IMPORTER, at: nowOf(desk), key: 'report' }],
      effects: [],
    }));
  }
  return join(desk.reportsDir, file);
}
