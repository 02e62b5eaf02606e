import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Decision, isRefusal } from '../../domain/decision.ts';
import { describer } from '../../domain/describe.ts';
import { addEntry, amendEntry, removeEntry, restoreEntry, retimeEntry } from '../../domain/entries.ts';
import type { EntryContent, Fact } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { present } from '../../domain/present.ts';
import { changeEntry, type Entry, foldEntry, isEntryChange, timeline } from '../../domain/timeline.ts';
import type { Actor, Moment } from '../../domain/words.ts';
import { factsOf } from '../../store/incidents.ts';
import { actorOf, anybodyCalled, momentOf } from './read.ts';
import { ApiProblem, type Call, changeByApi, incidentOf, type Reply, route } from './route.ts';
import {
  AskedEntry,
  AskedEntryChange,
  AskedUpdate,
  AskedWho,
  ToldEntries,
  ToldEntry,
  ToldUpdates,
} from './shapes.ts';
import { tellEntry } from './tell.ts';

const ListQuery = z.object({
  removed: z.enum(['true', 'false']).optional().describe('With those that were taken out'),
  limit: z.coerce.number().int().min(1).max(1000).optional().describe('200 unless said'),
  after: z.string().optional().describe('The `next` of an earlier answer: entries after that one'),
});

const list = route({
  method: 'get',
  path: '/incidents/{number}/entries',
  name: 'listEntries',
  says: 'The timeline in order of time, what Daywatch writes itself included.',
  query: ListQuery,
  answer: ToldEntries,
  problems: [403, 404, 422],
  async handle(call) {
    const { query, called } = call;
    const { limit = 200, after } = query;
    const all = (await entriesOf(call)).filter(({ removed }) => query.removed === 'true' || !removed);
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) {
      throw new ApiProblem(422, 'after: there is no such entry any more; start again without it.');
    }
    const shown = all.slice(from, from + limit);
    const last = from + limit < all.length ? shown.at(-1) : undefined;
    const body = {
      entries: shown.map((entry) => tellEntry(entry, called)),
      ...(last ? { next: last.id } : {}),
    };
    return { status: 200, body: body satisfies z.infer<typeof ToldEntries> };
  },
});

const get = route({
  method: 'get',
  path: '/incidents/{number}/entries/{id}',
  name: 'getEntry',
  says: 'One entry, with its former texts, who recorded it and when.',
  answer: ToldEntry,
  problems: [403, 404],
  async handle(call) {
    const entry = (await entriesOf(call)).find(({ id }) => id === call.path.id);
    if (!entry) throw noEntry();
    return { status: 200, body: tellEntry(entry, call.called) };
  },
});

const add = route({
  method: 'post',
  path: '/incidents/{number}/entries',
  name: 'addEntry',
  says: 'An entry at the time at which it happened; now, unless said.',
  body: AskedEntry,
  answer: ToldEntry,
  status: 201,
  problems: [403, 404, 409, 422],
  handle: (call) => {
    const { text, kind = 'note', role, quote, code, raw, link, image } = call.body;
    const given = { role: role?.trim(), quote, code, raw, link, image };
    return record(call, { ...given, kind, text: text.trim() });
  },
});

const change = route({
  method: 'patch',
  path: '/incidents/{number}/entries/{id}',
  name: 'changeEntry',
  says: 'Writes anew what is given: words, kind, time, what belongs to them. The former words are kept.',
  body: AskedEntryChange,
  answer: ToldEntry,
  problems: [403, 404, 409, 422],
  handle(call) {
    const { core, body } = call;
    const by = actorOf(core.team, body.by);
    const moment = momentOf(core, body);
    const { kind, role, quote, code, raw, link, image } = body;
    const fields = present({ role, quote, code, raw, link, image });
    const changes = present({ text: body.text?.trim(), kind });
    if (moment === undefined && Object.keys({ ...fields, ...changes }).length === 0) {
      throw new ApiProblem(
        422,
        'There is nothing to change: give `text`, `kind`, a time as `at` or `when`, or `role`, `quote`, `code`, `raw`, `link`, `image`.',
      );
    }
    return onEntry(call, (incident, entry, now) => {
      const moved = moment ? retimeEntry(incident, entry, moment, by, now) : NOTHING;
      if (isRefusal(moved)) return moved;
      const edited = amendEntry(incident, entry, { ...changes, fields }, by, now);
      if (isRefusal(edited)) return edited;
      return { facts: [...moved.facts, ...edited.facts], effects: [...moved.effects, ...edited.effects] };
    });
  },
});

const NOTHING: Decision = { facts: [], effects: [] };

const remove = route({
  method: 'delete',
  path: '/incidents/{number}/entries/{id}',
  name: 'removeEntry',
  says: 'Takes an entry out of the timeline. It stays restorable.',
  body: AskedWho,
  answer: ToldEntry,
  problems: [403, 404, 409, 422],
  handle(call) {
    const by = actorOf(call.core.team, call.body.by);
    return onEntry(call, (incident, entry, now) => removeEntry(incident, entry, by, now));
  },
});

const restore = route({
  method: 'post',
  path: '/incidents/{number}/entries/{id}/restore',
  name: 'restoreEntry',
  says: 'Brings back what was taken out.',
  body: AskedWho,
  answer: ToldEntry,
  problems: [403, 404, 409, 422],
  handle(call) {
    const by = actorOf(call.core.team, call.body.by);
    return onEntry(call, (incident, entry, now) => restoreEntry(incident, entry, by, now));
  },
});

const listUpdates = route({
  method: 'get',
  path: '/incidents/{number}/updates',
  name: 'listUpdates',
  says: 'The updates that went out to the community or stakeholders.',
  answer: ToldUpdates,
  problems: [403, 404],
  async handle(call) {
    const sent = (await entriesOf(call)).filter(({ kind, removed }) => kind === 'update' && !removed);
    return { status: 200, body: { updates: sent.map((entry) => tellEntry(entry, call.called)) } };
  },
});

const addUpdate = route({
  method: 'post',
  path: '/incidents/{number}/updates',
  name: 'addUpdate',
  says: 'Notes an update that went out elsewhere; it counts as the community having been told.',
  body: AskedUpdate,
  answer: ToldEntry,
  status: 201,
  problems: [403, 404, 409, 422],
  handle: (call) => {
    const { text, link } = call.body;
    return record(call, { kind: 'update', text: text.trim(), link });
  },
});

export const ENTRY_ROUTES = [list, add, get, change, remove, restore, listUpdates, addUpdate];

type MayBeAbsent<Fields> = { [Key in keyof Fields]: Fields[Key] | undefined };

function record(
  call: Call<unknown, z.infer<typeof AskedEntry> | z.infer<typeof AskedUpdate>>,
  {
    kind,
    text,
    ...given
  }: Pick<EntryContent, 'kind' | 'text'> & MayBeAbsent<Omit<EntryContent, 'kind' | 'text'>>,
): Promise<Reply> {
  const { core, body } = call;
  const by: Actor = actorOf(core.team, body.by);
  const now = core.store.now().getTime();
  const moment: Moment = momentOf(core, body) ?? { at: now };
  const extras = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const entry = {
    id: `http-${randomUUID()}`,
    content: { kind, text, ...extras },
    moment,
    when: momentWords(moment, core.team.timezone, now),
    ...(body.author === undefined ? {} : { author: anybodyCalled(core.team, body.author) }),
  };
  return changeByApi(call, {
    verb: 'log',
    decide: (incident) => addEntry(incident, entry, by, now),
    tell: (incident, facts) => tellFolded(call, incident, foldEntry(facts)),
    status: 201,
  });
}

/** Runs a rule on the entry of the address; the answer is the entry as it stands afterwards. */
async function onEntry(
  call: Call<unknown, unknown>,
  decide: (incident: Incident, entry: Entry, now: number) => Decision,
): Promise<Reply> {
  let before: Entry | undefined;
  return changeByApi(call, {
    verb: 'log',
    async decide(incident, reads, now) {
      before = await reads.entry(call.path.id);
      if (!before) throw /^fact-\d+$/.test(call.path.id) ? writtenByDaywatch() : noEntry();
      return decide(incident, before, now);
    },
    tell: (incident, facts) => tellFolded(call, incident, before && facts.reduce(changed, before)),
  });
}

function changed(entry: Entry, fact: Fact): Entry {
  return isEntryChange(fact) && fact.entry === entry.id ? changeEntry(entry, fact) : entry;
}

function tellFolded(
  { called }: Call<unknown, unknown>,
  incident: Incident,
  entry: Entry | undefined,
): object {
  if (!entry) throw noEntry();
  const { resolvedAt } = incident;
  const followUp = resolvedAt !== undefined && entry.moment.at > resolvedAt;
  return tellEntry({ ...entry, followUp }, called);
}

async function entriesOf(call: Pick<Call<unknown, unknown>, 'core' | 'path'>): Promise<Entry[]> {
  const incident = await incidentOf(call);
  return timeline(await factsOf(call.core.store.database.prisma, incident.number), describer());
}

function noEntry(): ApiProblem {
  return new ApiProblem(404, 'There is no such entry in this timeline. GET …/entries lists them.');
}

function writtenByDaywatch(): ApiProblem {
  return new ApiProblem(
    409,
    'Daywatch wrote this line itself from what happened, so it is not edited. Add an entry that says it better.',
  );
}
