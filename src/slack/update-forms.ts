import type { Decision } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { correctUpdate, writeUpdate } from '../domain/write-update.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { applyToUpdates, targetsHere } from './commands/update.ts';
import { NOT_HERE, replyOf } from './gesture.ts';
import type { FormAnswer, Submitted } from './submitted.ts';
import { plainFromMarkdown } from './text/to-slack.ts';
import { timeToComeOf } from './when-typed.ts';

/** “Write an update” came back: what is wrong stands under its field, and what was typed stays. */
export async function updateSubmitted(submitted: Submitted): Promise<FormAnswer> {
  const { gesture, memory, values } = submitted;
  const incident = await incidentOf(submitted);
  if (!incident) return { reply: { text: NOT_HERE } };
  const next = await nextOf(submitted);
  if ('errors' in next) return next;
  const picked = (values.targets ?? '').split('\n');
  const targets = targetsHere(gesture.core, incident).filter(({ id }) => picked.includes(id));
  const anyway = values.anyway === 'anyway';
  if (incident.private && targets.length > 0 && !anyway) {
    return {
      errors: {
        anyway: 'Tick this to let them know, or pick nobody above. Your words are not sent either way.',
      },
    };
  }
  const draft = { words: wordsOf(values), targets, ...next, by: gesture.person, anyway };
  return decided(submitted, memory.incident ?? 0, (now, at) => writeUpdate(now, draft, at));
}

/** “Correct update 2” came back. */
export async function correctionSubmitted(submitted: Submitted): Promise<FormAnswer> {
  const { gesture, memory, values } = submitted;
  const incident = await incidentOf(submitted);
  if (!incident) return { reply: { text: NOT_HERE } };
  const next = await nextOf(submitted);
  if ('errors' in next) return next;
  const correction = {
    ...(memory.update === undefined ? {} : { update: memory.update }),
    words: wordsOf(values),
    ...next,
    by: gesture.person,
  };
  const targets = targetsHere(gesture.core, incident);
  return decided(submitted, incident.number, (now, at) => correctUpdate(now, correction, targets, at));
}

function incidentOf({ gesture, memory }: Submitted): Promise<Incident | undefined> {
  return incidentByNumber(gesture.core.store.database.prisma, memory.incident ?? 0);
}

async function nextOf({
  gesture,
  values,
}: Submitted): Promise<{ nextAt?: number } | { errors: Record<string, string> }> {
  const text = (values.nextAt ?? '').trim();
  if (!text) return {};
  const read = await timeToComeOf(gesture, text);
  if ('say' in read) return { errors: { nextAt: plainFromMarkdown(read.say) } };
  if (read.moment && read.rest === '') return { nextAt: read.moment.until ?? read.moment.at };
  return {
    errors: { nextAt: 'Type a time to come, such as in 2h, 19:15 or tomorrow 09:00, or leave it empty' },
  };
}

function wordsOf({ state = '', tried = '', next = '' }: Record<string, string>) {
  return { state, tried, next };
}

async function decided(
  { gesture }: Submitted,
  number: number,
  rule: (incident: Incident, now: number) => Decision,
): Promise<FormAnswer> {
  const outcome = await applyToUpdates(gesture, number, rule);
  if (outcome.kind === 'refused') return { errors: { state: plainFromMarkdown(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}
