import { App, type Receiver } from '@slack/bolt';
import { keepForForm } from '../actions/declare-incident.ts';
import type { SeenMessage } from '../actions/messages.ts';
import type { Core } from '../core.ts';
import { pressButton } from './buttons.ts';
import { openDeclareForm, openView } from './commands/declare.ts';
import { runCommand } from './commands/table.ts';
import { onJoined, onLeft, onMessage, onReaction, onRenamed, onUserChange } from './events.ts';
import { submitForm } from './forms.ts';
import type { Gesture, SlackSide } from './gesture.ts';
import { honestly } from './honestly.ts';
import type { Identity } from './identity.ts';
import { SHORTCUTS } from './ids.ts';
import { slackLogger } from './logger.ts';
import { ephemeral, respond } from './respond.ts';
import { plainFromMarkdown } from './text/to-slack.ts';
import { addEntryForm } from './views/entry-forms.ts';
import { type FormMemory, type FormValue, readForm } from './views/forms.ts';
import type { Call } from './web.ts';
import { zoneOf } from './when-typed.ts';

/** All that Slack can send, and who deals with it. Each is answered when what it says is in the database. */
export function createBolt(
  core: Core,
  self: Identity,
  quickCall: Call,
  token: string,
  receiver: Receiver,
): App {
  const app = new App({
    receiver,
    token,
    // With both given, starting asks Slack nothing.
    botId: self.botId || 'B0',
    botUserId: self.userId,
    processBeforeResponse: true,
    ignoreSelf: false,
    logger: slackLogger(core.log),
  });
  const side: SlackSide = { core, quickCall, botUserId: self.userId, workspaceUrl: self.url };

  app.command(/.*/, async ({ command, ack }) => {
    const gesture: Gesture = {
      ...side,
      person: command.user_id,
      channelId: command.channel_id,
      delivery: `command:${command.trigger_id}`,
      triggerId: command.trigger_id,
      responseUrl: command.response_url,
    };
    await ack(ephemeral(await honestly(core, () => runCommand(gesture, command.text ?? ''))));
  });

  app.action(/.*/, async ({ action, body, ack }) => {
    if (body.type !== 'block_actions' || action.type !== 'button' || !('action_id' in action)) return ack();
    const gesture: Gesture = {
      ...side,
      person: body.user.id,
      channelId: body.channel?.id ?? body.container?.channel_id ?? '',
      delivery: `action:${body.trigger_id}`,
      triggerId: body.trigger_id,
      ...(body.response_url ? { responseUrl: body.response_url } : {}),
    };
    const reply = await honestly(core, () => pressButton(gesture, action.action_id, action.value ?? ''));
    await ack();
    if (reply) respond(gesture, reply);
  });

  app.view(/.*/, async ({ view, body, ack }) => {
    const memory = readMemory(view.private_metadata);
    const gesture: Gesture = {
      ...side,
      person: body.user.id,
      channelId: memory.channelId ?? memory.message?.channel ?? '',
      delivery: `view:${view.id}`,
      triggerId: 'trigger_id' in body ? String(body.trigger_id) : '',
    };
    const values = readForm(view.state.values as Record<string, Record<string, FormValue>>);
    const answer = await honestly(core, () => submitForm(view.callback_id, { gesture, memory, values }));
    if (answer && 'errors' in answer) return ack({ response_action: 'errors', errors: answer.errors });
    if (answer && 'text' in answer) {
      const field = Object.keys(values)[0] ?? 'text';
      return ack({ response_action: 'errors', errors: { [field]: plainFromMarkdown(answer.text) } });
    }
    await ack();
    if (answer?.reply) respond(gesture, answer.reply);
  });

  app.shortcut(/.*/, async ({ shortcut, ack }) => {
    if (shortcut.type !== 'message_action') return ack();
    const gesture: Gesture = {
      ...side,
      person: shortcut.user.id,
      channelId: shortcut.channel.id,
      delivery: `shortcut:${shortcut.trigger_id}`,
      triggerId: shortcut.trigger_id,
      responseUrl: shortcut.response_url,
    };
    const message = shortcut.message as unknown as SeenMessage;
    const recorded = core.world.chat.read(shortcut.channel.id, message);
    const text = plainFromMarkdown(recorded.content.text);
    if (shortcut.callback_id === SHORTCUTS.declare) {
      await keepForForm(core, shortcut.channel.id, message);
      openDeclareForm(gesture, { title: text.split('\n')[0]?.slice(0, 200) ?? '' }, recorded.source);
    } else if (shortcut.callback_id === SHORTCUTS.addToTimeline) {
      const zone = await zoneOf(gesture);
      openView(
        gesture,
        addEntryForm(recorded.source, { at: recorded.at, text }, zone, core.team.report.timezone),
      );
    }
    await ack();
  });

  app.event('message', ({ event }) => onMessage(side, event as unknown as Parameters<typeof onMessage>[1]));
  app.event('reaction_added', ({ event }) => onReaction(side, event, true));
  app.event('reaction_removed', ({ event }) => onReaction(side, event, false));
  app.event('member_joined_channel', ({ event, body }) => onJoined(side, event, `event:${body.event_id}`));
  app.event('member_left_channel', ({ event, body }) => onLeft(side, event, `event:${body.event_id}`));
  app.event('user_change', ({ event }) => onUserChange(side, event));
  app.event('channel_rename', ({ event, body }) => onRenamed(side, event, `event:${body.event_id}`));
  app.event('group_rename', ({ event, body }) => onRenamed(side, event, `event:${body.event_id}`));

  app.error(async (error) => {
    core.log.error({ error: error.message }, 'a delivery was not taken');
    // Unanswered, an event comes again.
    throw error;
  });
  return app;
}

function readMemory(metadata: string): FormMemory {
  try {
    return JSON.parse(metadata) as FormMemory;
  } catch {
    return {};
  }
}
