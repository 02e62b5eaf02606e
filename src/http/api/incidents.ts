import { z } from 'zod';
import { answerBefore, beginIncidentWith } from '../../actions/change.ts';
import { declarationOf, sameThing } from '../../actions/declare-incident.ts';
import { instant } from '../../domain/case/instants.ts';
import { type Decision, nothing } from '../../domain/decision.ts';
import { declare } from '../../domain/declare.ts';
import { inOrder } from '../../domain/in-order.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  changeSeverity,
  changeStatus,
  rename,
  reopen,
  setImpact,
  writeSummary,
} from '../../domain/lifecycle.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isOpen, isPermitted } from '../../domain/permitted.ts';
import {
  type Actor,
  incidentName,
  type Moment,
  type PersonId,
  SEVERITIES,
  STATUSES,
} from '../../domain/words.ts';
import { incidentByNumber, incidentsWanted } from '../../store/incidents.ts';
import { actorOf, memberCalled, momentOf } from './read.ts';
import { ApiProblem, changeByApi, keeping, type Reply, replayed, replyOf, route } from './route.ts';
import {
  AskedIncident,
  AskedIncidentChange,
  ToldAnyIncident,
  ToldAnyWholeIncident,
  ToldIncident,
  ToldIncidents,
} from './shapes.ts';
import { tellIncident, tellWholeIncident } from './tell.ts';

/** In no private incident, so that none is told of. */
const NOBODY: Actor = { kind: 'service', name: 'API' };
const OPEN_STATUSES = STATUSES.filter((status) => isOpen({ status }));

const ListQuery = z.object({
  status: z.enum(['open', ...STATUSES]).optional(),
  severity: z.enum(SEVERITIES).optional(),
  since: instant.optional().describe('Declared at or after this instant'),
  before: instant.optional().describe('Declared before this instant'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('50 unless said'),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'must be the `next` of an earlier answer')
    .optional(),
});

const list = route({
  method: 'get',
  path: '/incidents',
  name: 'listIncidents',
  says: 'Incidents, the newest first. A private one is only its number, and absent where a filter would tell of it.',
  query: ListQuery,
  answer: ToldIncidents,
  problems: [],
  async handle({ core, query, called }) {
    const { status, severity, since, before, limit = 50, cursor } = query;
    const filtered = [status, severity, since, before].some((filter) => filter !== undefined);
    const found = await incidentsWanted(core.store.database.prisma, {
      ...(status === undefined ? {} : { status: status === 'open' ? OPEN_STATUSES : [status] }),
      ...(severity === undefined ? {} : { severity }),
      ...(since === undefined ? {} : { declaredSince: new Date(since) }),
      ...(before === undefined ? {} : { declaredBefore: new Date(before) }),
      ...(cursor === undefined ? {} : { below: Number(cursor) }),
      publicOnly: filtered,
      limit: limit + 1,
    });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const body = {
      incidents: shown.map((incident) => tellIncident(incident, called)),
      ...(last ? { next: String(last.number) } : {}),
    } satisfies z.infer<typeof ToldIncidents>;
    return { status: 200, body };
  },
});

const get = route({
  method: 'get',
  path: '/incidents/{number}',
  name: 'getIncident',
  says: 'One incident, with its lessons, action items and how far its report is. A private one is only its number.',
  answer: ToldAnyWholeIncident,
  problems: [404],
  async handle({ core, path, called }) {
    const incident = await incidentByNumber(core.store.database.prisma, path.number);
    if (!incident) throw new ApiProblem(404, `There is no ${incidentName(path.number)}.`);
    return { status: 200, body: tellWholeIncident(incident, called) };
  },
});

const declareRoute = route({
  method: 'post',
  path: '/incidents',
  name: 'declareIncident',
  says: 'Declares an incident. 409 when the same thing seems to be open already; `anyway` declares all the same. Without `responder`, and without a person as `by`, nobody leads it until somebody takes it.',
  body: AskedIncident,
  answer: ToldAnyIncident,
  status: 201,
  problems: [409, 422],
  async handle({ core, body, once, called }): Promise<Reply> {
    const by = actorOf(core.team, body.by);
    const responder = responderOf();
    const wish = {
      title: body.title,
      severity: body.severity ?? 'sev1',
      private: body.private ?? false,
      retrospective: body.retrospective ?? false,
      by,
      ...(responder === undefined ? {} : { responder }),
    };
    const standing = body.anyway ? undefined : await sameThing(core, { ...wish, by: NOBODY });
    if (standing) {
      const before = once && (await answerBefore(core.store, once.delivery));
      if (before) return replayed(before, once);
      const name = incidentName(standing.number);
      throw new ApiProblem(
        409,
        `${name} “${standing.title}” is open already. If it is another one, send "anyway": true.`,
        {
          incident: name,
        },
      );
    }
    const tell = (incident: Incident) => tellIncident(incident, called);
    const outcome = await beginIncidentWith(
      core.store,
      () => declare(declarationOf(core, wish), core.store.now().getTime()),
      keeping(once, 201, tell),
    );
    return replyOf(outcome, once, 201, tell);

    function responderOf(): PersonId | undefined {
      if (body.responder !== undefined) return memberCalled(core.team, body.responder, 'responder');
      if (by.kind === 'person') return by.id;
      if (!body.private) return undefined;
      throw new ApiProblem(
        422,
        'Nobody would see a private incident without anybody in it: give `responder`, or `by` as a person of the team’s file.',
      );
    }
  },
});

const change = route({
  method: 'patch',
  path: '/incidents/{number}',
  name: 'changeIncident',
  says: 'Changes title, severity, impact, summary or status, all of it or nothing. `resolved` makes the report; an open status reopens what is over.',
  body: AskedIncidentChange,
  answer: ToldIncident,
  problems: [403, 404, 409, 422],
  handle(call) {
    const { core, body } = call;
    const by = actorOf(core.team, body.by);
    const { title, severity, status, summary, resolution, impact } = body;
    const edges = (['start', 'end'] as const).flatMap((edge) => {
      const asked = impact?.[edge];
      const moment = asked && momentOf(core, asked);
      if (asked && !moment) throw new ApiProblem(422, `impact.${edge} needs a time: \`at\` or \`when\`.`);
      return moment ? [{ edge, moment, when: words(moment) }] : [];
    });
    const written = { ...(summary ? { summary } : {}), ...(resolution ? { resolution } : {}) };
    return changeByApi(call, {
      decide: (incident, _, now) =>
        inOrder(incident, now, [
          title === undefined ? undefined : (current) => rename(current, title, by, now),
          severity === undefined ? undefined : (current) => changeSeverity(current, severity, by, now),
          ...edges.map((edge) => (current: Incident) => setImpact(current, edge, by, now)),
          Object.keys(written).length === 0
            ? undefined
            : (current) => writeSummary(current, written, by, now),
          status === undefined ? undefined : (current) => toStatus(current, status),
        ]),
      tell: (incident) => tellIncident(incident, call.called),
    });

    function words(moment: Moment): string {
      return momentWords(moment, core.team.timezone, core.store.now().getTime());
    }

    function toStatus(incident: Incident, to: string): Decision {
      const now = core.store.now().getTime();
      if (incident.status === to) return nothing();
      const opens = OPEN_STATUSES.some((open) => open === to);
      if (!opens || !isPermitted(incident, 'reopen')) return changeStatus(incident, to, by, now);
      return inOrder(incident, now, [
        (current) => reopen(current, by, now),
        to === 'investigating' ? undefined : (current) => changeStatus(current, to, by, now),
      ]);
    }
  },
});

export const INCIDENT_ROUTES = [list, declareRoute, get, change];
