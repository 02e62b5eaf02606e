import { parseMarkdown, wordsOf } from '../domain/markdown.ts';
import { asTyped } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, nowOf, record } from './context.ts';

const TITLE_MAX = 200;

/** Every action item of a public incident becomes one issue; found again rather than made twice. */
export const openIssue: Job<'open-issue'> = async (task) => {
  const { core, incident, effect, attempt } = task;
  const { repository } = core.world;
  const target = core.team.report.issues;
  const item = incident.actions.find(({ id }) => id === effect.action);
  if (!repository || !target || !item || item.url || item.withdrawn || incident.private) return;
  const name = incidentName(incident.number);
  const words = wordsOf(parseMarkdown(item.title)).replaceAll(/\s+/g, ' ').trim();
  const title = [...words].slice(0, TITLE_MAX).join('');
  try {
    const issue = await repository.openIssue({
      repository: target.repository,
      title: `${target.titlePrefix}${title}`,
      body: `### What needs to happen?\n\n${words}\n\n### What is the definition of done for this item?\n\n- [ ] ${title}\n\nFrom ${name} ${incident.title}.`,
      labels: [...target.labels],
      marker: `${name}/${incident.uid}/action-${item.id}`,
      since: new Date(incident.declaredAt),
      firstTry: attempt.first,
    });
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
        {
          do: 'say',
          notice: `issue:${item.id}`,
          text: `🔨 Action item ${item.id}: [${asTyped(title)}](${issue.url})`,
        },
      ],
    }));
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    await record(task, () => ({
      facts: [],
      effects: [
        {
          do: 'say',
          notice: `no-issue:${item.id}`,
          text: `Action item ${item.id} is kept, but has no issue: ${asTyped(error.message)}`,
        },
      ],
    }));
  }
};
