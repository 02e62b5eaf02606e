import { accountOf, assigneeWords } from '../actions/account-of.ts';
import { renderedIncident } from '../actions/render-report.ts';
import { nowOf } from '../core.ts';
import type { ActionItem } from '../domain/action-items.ts';
import { foundSimilar } from '../domain/action-verbs.ts';
import type { Effect } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { parseMarkdown, wordsOf } from '../domain/markdown.ts';
import { resembling } from '../domain/resembling.ts';
import { asTyped } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import { issueOfUrl } from '../github/issue-of-url.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, record, type Task } from './context.ts';

const TITLE_MAX = 200;
const NOT_PUBLISHED = ' (not published yet)';
/** Asked for again so long after, an earlier asking may have ended with its answer lost. */
const LOOKED_FOR_AFTER_MS = 60_000;

/** The fields of 2i2c's own form, in its order. */
function bodyOf(item: {
  from: string;
  title: string;
  due: string | undefined;
  published: string | undefined;
}): string {
  return [
    '### Incident Report',
    item.published === undefined ? `${item.from}${NOT_PUBLISHED}` : `${item.from}: ${item.published}`,
    '### What needs to happen?',
    ...(item.due === undefined ? [item.title] : [item.title, `Due ${item.due}.`]),
    '### What is definition of done for this item?',
    `- [ ] ${item.title}`,
  ].join('\n\n');
}

/** The same for every try, and the line by which the issue is found again. */
function markerOf({ number, uid }: Incident, id: string): string {
  return `${incidentName(number)}/${uid}/action-${id}`;
}

/** Every action item of a public incident becomes one issue; found again rather than made twice. */
export const openIssue: Job<'open-issue'> = async (task) => {
  const { core, incident, effect, attempt } = task;
  const { repository } = core.world;
  const target = core.team.report.issues;
  const item = incident.actions.find(({ id }) => id === effect.action);
  if (!repository || !target || !item || item.url || item.withdrawn || incident.private) return;
  // Whoever is asked whether it is another one answers first.
  if (item.resembles) return;
  try {
    // Whoever reads the issue may read the report: both are of one form.
    const report = await renderedIncident(core, incident);
    const wording = report.actions.find(({ id }) => id === item.id)?.title ?? '';
    const words = wordsOf(parseMarkdown(wording)).replaceAll(/\s+/g, ' ').trim();
    if (await askedWhetherSame(task, item, words)) return;
    const title = [...words].slice(0, TITLE_MAX).join('');
    const addedAt = item.addedAt ?? incident.declaredAt;
    const account = item.owner === undefined ? undefined : await accountOf(core, item.owner);
    const issue = await repository.openIssue({
      repository: target.repository,
      title: `${target.titlePrefix}${title}`,
      body: bodyOf({
        from: `${incidentName(incident.number)} ${report.title}`,
        title: words,
        due: item.due,
        published: incident.published?.url,
      }),
      labels: [...target.labels],
      marker: markerOf(incident, item.id),
      since: new Date(addedAt),
      firstTry: attempt.first && nowOf(core) - addedAt < LOOKED_FOR_AFTER_MS,
      ...(account === undefined ? {} : { assignee: account }),
    });
    const assignee = assigneeWords(core, item.owner, account, issue.assigned);
    await record(task, () => ({
      facts: [
        {
          type: 'action-linked',
          action: item.id,
          url: issue.url,
          by: { kind: 'daywatch' },
          at: nowOf(core),
          key: `issue:${item.id}`,
        },
      ],
      effects: [
        say(`issue:${item.id}`, `🔨 Action item ${item.id}: [${asTyped(title)}](${issue.url}).${assignee}`),
      ],
    }));
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    const text = `Action item ${item.id} is kept, but has no issue: ${asTyped(error.message)} When that is mended, type \`/incident report publish\`, or give its link: \`/incident action ${item.id} link https://…\`.`;
    await record(task, () => ({ facts: [], effects: [say(`no-issue:${item.id}`, text)] }));
  }
};

function say(notice: string, text: string): Effect {
  return { do: 'say', notice, text };
}

/** An open issue that says the same is asked about, unless it is what an earlier try of this one made. */
async function askedWhetherSame(task: Task<'open-issue'>, item: ActionItem, words: string): Promise<boolean> {
  const { core, incident } = task;
  const target = core.team.report.issues;
  if (item.isNew || !target || !core.world.repository) return false;
  const standing = await core.world.repository.standingIssues(target);
  if (standing.some(({ marker }) => marker === markerOf(incident, item.id))) return false;
  const near = resembling(words, standing);
  if (!near) return false;
  const { number, title, url, raisedAt } = near;
  const outcome = await record(task, (now) =>
    foundSimilar(now, item.id, { number, title, url, raisedAt }, nowOf(core)),
  );
  return outcome.kind === 'done' && outcome.facts.length > 0;
}

/** The owner of an item that has its issue is assigned there. */
export const assignIssue: Job<'assign-issue'> = async (task) => {
  const { core, incident, effect } = task;
  const item = incident.actions.find(({ id }) => id === effect.action);
  const issue = item?.url === undefined ? undefined : issueOfUrl(item.url);
  if (!core.world.repository || !item?.owner || !issue || item.withdrawn || incident.private) return;
  const account = await accountOf(core, item.owner);
  let words: string;
  try {
    const assigned =
      account !== undefined && (await core.world.repository.assign({ ...issue, login: account }));
    words = assigneeWords(core, item.owner, account, assigned);
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    words = ` Nobody is assigned there: ${asTyped(error.message)}`;
  }
  const text = `🔨 Action item ${item.id}: [#${issue.number}](${item.url}).${words}`;
  await record(task, () => ({ facts: [], effects: [say(`assigned:${item.id}:${item.owner}`, text)] }));
};

/** The issues of ours say where the report stands, now that it does. */
export const linkIssues: Job<'link-issues'> = async ({ core, incident }) => {
  const { repository } = core.world;
  if (!repository || !incident.published || incident.private) return;
  for (const item of incident.actions) {
    const issue = item.url === undefined ? undefined : issueOfUrl(item.url);
    if (!issue || item.withdrawn) continue;
    try {
      await repository.linkBack({
        ...issue,
        marker: markerOf(incident, item.id),
        from: NOT_PUBLISHED,
        to: `: ${incident.published.url}`,
      });
    } catch (error) {
      // One that was deleted or hidden since takes nothing from the others.
      if (!isServiceError(error) || error.worthRepeating) throw error;
    }
  }
};
