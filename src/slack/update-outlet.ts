import { escapeLine } from '../domain/markdown.ts';
import type { Outlet } from '../domain/outlet.ts';
import { ServiceError } from '../service-error.ts';
import { findNamedChannel } from './channels.ts';
import { joining } from './joining.ts';
import { paced } from './pace.ts';
import { postOnce } from './posts.ts';
import { shorten } from './text/shorten.ts';
import { slackFromMarkdown } from './text/to-slack.ts';
import { header, type SlackContent, sections } from './views/blocks.ts';
import { createCall, type WebSettings } from './web.ts';

/** Updates in channels. What stands there can be replaced; it is found again by its metadata. */
export function createSlackOutlet(settings: WebSettings): Outlet {
  const call = paced(createCall(settings));
  const known = new Map<string, string>();
  const channelCalled = async (name: string) => {
    const id = known.get(name) ?? (await findNamedChannel(call, name));
    if (id === undefined) {
      throw new ServiceError({
        service: 'Slack',
        kind: 'refused',
        message: `There is no channel ${name} that I can see. Create it, or bring me into it with \`/invite\`.`,
      });
    }
    known.set(name, id);
    return id;
  };

  return {
    async send(update) {
      const { way } = update.target;
      if (way.by !== 'slack') throw new Error('this target is no channel');
      const content = contentOf(update.subject, update.body);
      if (update.before !== undefined) {
        await replace(update.before, content);
        return { id: update.before, manner: 'edited' };
      }
      const channel = await channelCalled(way.channel);
      const posting = {
        marker: { incident: update.incident, message: `update:${update.update}:${update.target.id}` },
        first: update.first,
        since: update.since,
        ...(update.signal ? { signal: update.signal } : {}),
      };
      const ref = await joining(call, channel, () => postOnce(call, channel, content, posting));
      const id = `${ref.channel}:${ref.ts}`;
      // Found from before, it may bear words that were corrected since.
      if (!update.first) await replace(id, content);
      return { id, manner: 'sent' };
    },
  };

  async function replace(id: string, { text, blocks }: SlackContent): Promise<void> {
    const [channel, ts] = id.split(':');
    await call('chat.update', { channel, ts, text, blocks });
  }
}

function contentOf(subject: string, body: string): SlackContent {
  return {
    text: shorten(slackFromMarkdown(escapeLine(subject)), 300),
    blocks: [header(subject), ...sections(body)],
  };
}
