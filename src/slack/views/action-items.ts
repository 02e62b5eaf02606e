import type { KnownBlock } from '@slack/web-api';
import { type ActionItem, isStanding } from '../../domain/action-items.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, button, context, type SlackContent, section } from './blocks.ts';

/** Two blocks each stay below Slack's 50. */
const SHOWN = 20;

/** The action items of an incident, those to do first, each with its buttons. */
export function actionsView(incident: Incident): SlackContent {
  const name = incidentName(incident.number);
  const items = incident.actions.filter(({ withdrawn }) => !withdrawn);
  const inOrder = [...items.filter(isStanding), ...items.filter(({ done }) => done)];
  const add = isPermitted(incident, 'action')
    ? [actions(button('Add an action item', ACTIONS.addAction, encodeValue(incident.number)))]
    : [];
  if (items.length === 0) {
    const text = `${name} has no action items yet. Type \`/incident action technical Upgrade the NFS server owner @ana due friday\`, or react 🔨 to a message.`;
    return { text, blocks: [section(text), ...add] };
  }
  const more = inOrder.length - SHOWN;
  return {
    text: `Action items of ${name}`,
    blocks: [
      section(`**Action items of ${name}**`),
      ...inOrder.slice(0, SHOWN).flatMap((item) => itemBlocks(incident, item)),
      ...(more > 0 ? [context(`And ${more} more; the report lists all.`)] : []),
      ...add,
    ],
  };
}

function itemBlocks(incident: Incident, item: ActionItem): KnownBlock[] {
  const line = section(itemLine(item));
  if (!isPermitted(incident, 'action')) return [line];
  const value = encodeValue(incident.number, item.id);
  return [
    line,
    actions(
      button('Edit', ACTIONS.editAction, value),
      item.done ? button('Reopen', ACTIONS.reopenAction, value) : button('Done', ACTIONS.doneAction, value),
    ),
  ];
}

/** `☐ 2 Upgrade the NFS server · technical · Ana · due 2025-09-01 · issue` */
function itemLine({ id, title, category, owner, due, url, done, resembles }: ActionItem): string {
  const parts = [
    `${done ? '☑' : '☐'} **${id}** ${title}`,
    category === undefined ? undefined : asTyped(category),
    owner === undefined ? (done ? undefined : 'nobody sees to it yet') : mention(owner),
    due === undefined ? undefined : `due ${due}`,
    url === undefined ? undefined : `[issue](${url})`,
    resembles === undefined ? undefined : `looks like [#${resembles.number}](${resembles.url})`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
