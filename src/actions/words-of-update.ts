import type { Core } from '../core.ts';
import type { Incident } from '../domain/incident.ts';
import { parseMarkdown, wordsOf } from '../domain/markdown.ts';
import { privateWords, updateModel } from '../domain/report/update-model.ts';
import type { Target } from '../domain/update-targets.ts';
import type { WrittenUpdate } from '../domain/written-updates.ts';
import { renderUpdate } from '../report/render.ts';
import { describedEntries } from './described-entries.ts';
import { namesOf } from './render-report.ts';

const SUBJECT_MAX = 200;

/** An update in the words of one audience. */
export interface UpdateText {
  /** One line, plain. */
  subject: string;
  /** Markdown. */
  body: string;
}

/**
 * The first line of a template's text is the subject, the rest the body. Of a private incident there are no words.
 * @throws TemplateError when the template is missing or wrong.
 */
export async function wordsOfUpdate(
  core: Core,
  incident: Incident,
  update: WrittenUpdate,
  to: Pick<Target, 'audience' | 'recipient'>,
): Promise<UpdateText> {
  const text = incident.private ? privateWords(incident) : await templated(core, incident, update, to);
  const [heading = '', ...rest] = text.trimStart().split('\n');
  const subject = wordsOf(parseMarkdown(heading)).replaceAll(/\s+/g, ' ').trim();
  return { subject: [...subject].slice(0, SUBJECT_MAX).join(''), body: `${rest.join('\n').trim()}\n` };
}

async function templated(
  core: Core,
  incident: Incident,
  update: WrittenUpdate,
  { audience, recipient }: Pick<Target, 'audience' | 'recipient'>,
): Promise<string> {
  const { facts, entries } = await describedEntries(core, incident);
  const model = updateModel({
    incident,
    update,
    entries,
    team: core.team,
    names: await namesOf(core, facts),
    audience,
    ...(recipient === undefined ? {} : { recipient }),
    zone: core.team.timezone,
  });
  return renderUpdate(audience, model);
}
