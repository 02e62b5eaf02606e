import type { App } from '../app.ts';
import type { CaseEntry } from '../domain/case/schema.ts';
import { parseRelayedAlert } from '../google-monitoring/relayed-text.ts';
import { ACTIONS } from '../slack/ids.ts';
import type { Outside } from '../stand-ins/outside.ts';
import { untilQuiet } from '../stand-ins/quiet.ts';
import type { Cast } from './cast.ts';
import type { MovedClock } from './moved-clock.ts';
import type { Gesture, Step } from './script.ts';

export interface Stage {
  app: App;
  outside: Outside;
  clock: MovedClock;
  cast: Cast;
}

/** Does what a step says, through the front door, and waits until the bot has done its part. */
export async function play(stage: Stage, step: Step): Promise<void> {
  await stage.clock.moveTo(step.at, () => quiet(stage));
  await perform(stage, step.gesture);
  await quiet(stage);
}

export function quiet({ outside, app, clock }: Stage): Promise<void> {
  return untilQuiet(outside, app.core.store.queue, () => clock.now());
}

async function perform(stage: Stage, gesture: Gesture): Promise<void> {
  const { slack } = stage.outside;
  switch (gesture.do) {
    case 'type': {
      const answer = await slack.command(
        gesture.who,
        channelOf(stage) ?? 'incidents',
        '/incident',
        gesture.text,
      );
      if (answer.status !== 200)
        throw new Error(`the bot answered /incident ${gesture.text} with ${answer.status}`);
      return;
    }
    case 'come':
      if (!slack.members(incidentChannel(stage)).includes(gesture.who))
        slack.join(gesture.who, incidentChannel(stage));
      return;
    case 'say': {
      const message = slack.say(gesture.who, incidentChannel(stage), gesture.text);
      await slack.settled();
      if (gesture.mark) slack.react(gesture.who, incidentChannel(stage), message.ts, gesture.mark);
      return;
    }
    case 'accept':
      return pressIn(stage, gesture.who, ACTIONS.acceptHandoff);
    case 'have-it':
      return haveIt(stage, gesture.who);
    case 'alert':
      return alert(stage, gesture.entry);
    case 'summarise':
      await pressIn(stage, gesture.who, ACTIONS.writeSummary);
      await submitSummary(stage, gesture);
  }
}

function channelOf({ outside }: Stage): string | undefined {
  return outside.slack.channels().find(({ name }) => name.startsWith('inc-'))?.id;
}

function incidentChannel(stage: Stage): string {
  const channel = channelOf(stage);
  if (channel === undefined) throw new Error('the incident has no channel');
  return channel;
}

/** Presses a button of the bot's latest message that has it. */
async function pressIn(stage: Stage, who: string, actionId: string): Promise<void> {
  const { slack } = stage.outside;
  const channel = incidentChannel(stage);
  const message = slack
    .messages(channel)
    .findLast(({ blocks }) => JSON.stringify(blocks ?? []).includes(`"${actionId}"`));
  if (!message) throw new Error(`no message in the channel has the button ${actionId}`);
  await slack.press(who, { channel, ts: message.ts }, actionId);
}

/** The tech lead answers in the direct message, if they were asked at all. */
async function haveIt({ outside }: Stage, who: string): Promise<void> {
  const { slack } = outside;
  const page = slack
    .directMessages(who)
    .findLast(({ blocks }) => JSON.stringify(blocks ?? []).includes(ACTIONS.haveIt));
  if (page) await slack.press(who, { channel: slack.directChannel(who), ts: page.ts }, ACTIONS.haveIt);
}

async function submitSummary(
  { outside }: Stage,
  { who, summary, resolution }: Gesture & { do: 'summarise' },
): Promise<void> {
  const view = await outside.slack.until(() => outside.slack.views(who).at(-1));
  await outside.slack.submit(who, view.id, { summary, resolution });
}

/** The alert as Google's webhook brings it, made from the words that the case has of it. */
async function alert({ outside, app }: Stage, entry: CaseEntry): Promise<void> {
  const told = parseRelayedAlert(entry.raw ?? entry.text, new Date(entry.at));
  const { host = 'hub.example.org', cluster = 'hub' } = told?.labels ?? {};
  await outside.google.notify(outside.googleWebhook(app.url), {
    host,
    cluster,
    state: 'open',
    startedAt: new Date(entry.at),
    ...(told ? { incidentId: told.fingerprint.replace(/^google:/, '') } : {}),
  });
}
