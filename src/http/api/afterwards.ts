import type { z } from 'zod';
import { addAction, changeAction } from '../../domain/action-verbs.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Incident } from '../../domain/incident.ts';
import { addLesson } from '../../domain/lessons.ts';
import { present } from '../../domain/present.ts';
import type { Team } from '../../domain/team.ts';
import { withdrawAction } from '../../domain/withdraw-action.ts';
import { actorOf, memberCalled } from './read.ts';
import { ApiProblem, type Call, changeByApi, incidentOf, type Reply, route } from './route.ts';
import {
  AskedAction,
  AskedActionChange,
  AskedLesson,
  AskedWho,
  ToldAction,
  ToldActions,
  ToldLesson,
  ToldLessons,
} from './shapes.ts';
import { tellAction, tellLesson } from './tell.ts';

const listActions = route({
  method: 'get',
  path: '/incidents/{number}/action-items',
  name: 'listActionItems',
  says: 'The action items that stand.',
  answer: ToldActions,
  problems: [403, 404],
  async handle(call) {
    const { actions } = await incidentOf(call);
    const standing = actions.filter(({ withdrawn }) => !withdrawn);
    return { status: 200, body: { actionItems: standing.map((item) => tellAction(item, call.called)) } };
  },
});

const postAction = route({
  method: 'post',
  path: '/incidents/{number}/action-items',
  name: 'addActionItem',
  says: 'An action item. Without a link it becomes a GitHub issue where the team’s file names a repository.',
  body: AskedAction,
  answer: ToldAction,
  status: 201,
  problems: [403, 404, 409, 422],
  handle(call) {
    const by = actorOf(call.core.team, call.body.by);
    const action = { ...typedAction(call.core.team, call.body), title: call.body.title.trim() };
    return changeByApi(call, {
      verb: 'action',
      decide: (incident, _, now) => addAction(incident, action, by, now),
      tell: ({ actions }) => tellLast(actions, (item) => tellAction(item, call.called)),
      status: 201,
    });
  },
});

const changeActionItem = route({
  method: 'patch',
  path: '/incidents/{number}/action-items/{id}',
  name: 'changeActionItem',
  says: 'Writes anew what is given. `done: false` opens it again; its issue is brought along where that is possible.',
  body: AskedActionChange,
  answer: ToldAction,
  problems: [403, 404, 409, 422],
  handle(call) {
    const { title, done } = call.body;
    const { id } = call.path;
    const by = actorOf(call.core.team, call.body.by);
    const change = {
      ...typedAction(call.core.team, call.body),
      ...present({ title: title?.trim(), reopened: done === false || undefined }),
    };
    if (Object.keys(change).length === 0) {
      throw new ApiProblem(
        422,
        'There is nothing to change: give `title`, `category`, `owner`, `due`, `link` or `done`.',
      );
    }
    return onAction(call, (incident, now) => changeAction(incident, id, change, by, now));
  },
});

const withdrawActionItem = route({
  method: 'delete',
  path: '/incidents/{number}/action-items/{id}',
  name: 'withdrawActionItem',
  says: 'Takes an action item back. An issue that it has stays open until somebody closes it.',
  body: AskedWho,
  answer: ToldAction,
  problems: [403, 404, 409, 422],
  handle(call) {
    const by = actorOf(call.core.team, call.body.by);
    return onAction(call, (incident, now) => withdrawAction(incident, call.path.id, by, now));
  },
});

function typedAction(team: Team, asked: z.infer<typeof AskedActionChange>) {
  const { category, owner, due, link, done } = asked;
  return present({
    category,
    owner: owner === undefined ? undefined : memberCalled(team, owner, 'owner'),
    due,
    url: link,
    done: done || undefined,
  });
}

/** Runs a rule on the action item of the address; the answer is the item as it stands afterwards. */
function onAction(
  call: Call<unknown, unknown>,
  decide: (incident: Incident, now: number) => Decision,
): Promise<Reply> {
  const itemIn = ({ actions }: Incident) => actions.find(({ id }) => id === call.path.id);
  return changeByApi(call, {
    verb: 'action',
    decide(incident, _, now) {
      const item = itemIn(incident);
      if (!item || item.withdrawn) {
        throw new ApiProblem(404, 'There is no such action item. GET …/action-items lists those that stand.');
      }
      return decide(incident, now);
    },
    tell(incident) {
      const item = itemIn(incident);
      if (!item) throw new Error('an action item is gone');
      return tellAction(item, call.called);
    },
  });
}

const listLessons = route({
  method: 'get',
  path: '/incidents/{number}/lessons',
  name: 'listLessons',
  says: 'The lessons that stand: what went well, what did not, where there was luck.',
  answer: ToldLessons,
  problems: [403, 404],
  async handle(call) {
    const { lessons } = await incidentOf(call);
    const standing = lessons.filter(({ withdrawn }) => !withdrawn);
    return { status: 200, body: { lessons: standing.map((lesson) => tellLesson(lesson, call.called)) } };
  },
});

const postLesson = route({
  method: 'post',
  path: '/incidents/{number}/lessons',
  name: 'addLesson',
  says: 'A lesson.',
  body: AskedLesson,
  answer: ToldLesson,
  status: 201,
  problems: [403, 404, 409, 422],
  handle(call) {
    const { kind, text } = call.body;
    const by = actorOf(call.core.team, call.body.by);
    return changeByApi(call, {
      verb: 'lesson',
      decide: (incident, _, now) => addLesson(incident, { kind, text }, by, now),
      tell: ({ lessons }) => tellLast(lessons, (lesson) => tellLesson(lesson, call.called)),
      status: 201,
    });
  },
});

export const AFTERWARDS_ROUTES = [
  listActions,
  postAction,
  changeActionItem,
  withdrawActionItem,
  listLessons,
  postLesson,
];

/** What was just added stands last. */
function tellLast<Item>(items: readonly Item[], tell: (item: Item) => object): object {
  const last = items.at(-1);
  if (last === undefined) throw new Error('nothing was added');
  return tell(last);
}
