import type { World } from '../acts/world.ts';
import { validateMessageBlocks } from '../block-kit.ts';
import { BOT, TEAM, VERIFICATION_TOKEN } from '../identity.ts';
import { answerInChannel, showEphemeral } from '../response-urls.ts';
import { visibleName } from '../shapes/channel.ts';
import { isJson } from '../state.ts';
import { typedText } from '../typed-text.ts';
import type { Json } from '../types.ts';
import { personCalled, readableChannelFor } from './find.ts';

export interface CommandAnswer {
  /** HTTP status of the acknowledgement; 0 when none came within 3 s. Not 200: the person sees an error. */
  status: number;
  text?: string;
  blocks?: Json[];
  /** The acknowledgement as it came. */
  body: string;
}

/** Somebody types a slash command. Mentions travel with the name, as the app's manifest asks. */
export async function command(
  world: World,
  user: string,
  channelName: string,
  name: string,
  text: string,
): Promise<CommandAnswer> {
  const channel = readableChannelFor(world, user, channelName);
  const person = personCalled(world, user);
  const { people, channels } = world.state;
  const responseId = world.tickets.newResponse({ user, channel: channel.id });
  const delivery = await world.deliveries.ask('command', {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: visibleName(channel),
    user_id: user,
    user_name: person.name,
    command: name,
    text: typedText(text, { people: people.values(), channels: channels.values() }, 'command'),
    api_app_id: BOT.appId,
    is_enterprise_install: false,
    response_url: `${world.baseUrl}/response/${responseId}`,
    trigger_id: world.tickets.newTrigger(user),
  });
  const seen: CommandAnswer = { status: delivery.status, body: delivery.answer };
  const content = delivery.status === 200 ? shownContent(delivery.answer) : undefined;
  if (!content) return seen;
  const problems = content.blocks === undefined ? [] : validateMessageBlocks(content.blocks);
  if (problems.length > 0) {
    world.state.problems.push(`${name} was answered with blocks that Slack refuses: ${problems.join('; ')}`);
    return seen;
  }
  const target = { user, channel: channel.id };
  if (content.response_type === 'in_channel') {
    answerInChannel(world, target, content);
    return { ...seen, ...(typeof content.text === 'string' ? { text: content.text } : {}) };
  }
  const shown = showEphemeral(world, target, content);
  return { ...seen, text: shown.text, ...(shown.blocks.length > 0 ? { blocks: shown.blocks } : {}) };
}

/** Words, or JSON with words or blocks; an empty answer shows nothing. */
function shownContent(body: string): Json | undefined {
  if (body.trim() === '') return undefined;
  try {
    const content: unknown = JSON.parse(body);
    if (isJson(content)) return content.text || content.blocks ? content : undefined;
    return typeof content === 'string' && content !== '' ? { text: content } : undefined;
  } catch {
    return { text: body };
  }
}
