import { z } from 'zod';
import type { PageWorkspace } from './page-workspace.ts';

const Words = z.string().max(40_000);
const Id = z.string().min(1).max(255);
const Value = z.union([Words, z.array(Words), z.null()]);
const user = { user: Id };
const place = { ...user, channel: Id };
const message = { ...place, ts: Id };

/** What a person can do on the page, as the page sends it. */
const Gesture = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('say'), ...place, text: Words, threadTs: Id.optional() }),
  z.object({
    kind: z.literal('command'),
    ...place,
    command: z.string().regex(/^\/[a-z][\w-]*$/),
    text: Words,
  }),
  z.object({ kind: z.literal('join'), ...place }),
  z.object({ kind: z.literal('edit'), ...message, text: Words }),
  z.object({ kind: z.literal('remove'), ...message }),
  z.object({ kind: z.literal('react'), ...message, name: Id }),
  z.object({ kind: z.literal('unreact'), ...message, name: Id }),
  z.object({ kind: z.literal('shortcut'), ...message, callbackId: Id }),
  z.object({
    kind: z.literal('press'),
    ...user,
    target: z.union([z.object({ channel: Id, ts: Id }), z.object({ view: Id }), z.object({ ephemeral: Id })]),
    blockId: Id,
    actionId: Id,
    value: Value,
  }),
  z.object({ kind: z.literal('submit'), ...user, view: Id, values: z.record(Id, Value) }),
  z.object({ kind: z.literal('close'), ...user, view: Id }),
  z.object({ kind: z.literal('openHome'), ...user }),
]);
type Gesture = z.infer<typeof Gesture>;

/** A gesture that the workspace would not let a person do; the message is words for that person. */
export class RefusedGesture extends Error {}

/** Does what the page asks for. Throws a `RefusedGesture` where it cannot be done. */
export async function perform(workspace: PageWorkspace, sent: unknown): Promise<object> {
  const gesture = Gesture.safeParse(sent);
  if (!gesture.success)
    throw new RefusedGesture(`The page sent something odd: ${z.prettifyError(gesture.error)}`);
  try {
    return await done(workspace, gesture.data);
  } catch (error) {
    if (error instanceof RefusedGesture) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new RefusedGesture(withNames(workspace, words), { cause: error });
  }
}

async function done(workspace: PageWorkspace, gesture: Gesture): Promise<object> {
  switch (gesture.kind) {
    case 'say': {
      const thread = gesture.threadTs ? { threadTs: gesture.threadTs } : {};
      const { ts } = workspace.say(gesture.user, gesture.channel, gesture.text, thread);
      return { ts };
    }
    case 'command':
      return heard(
        gesture.command,
        await workspace.command(gesture.user, gesture.channel, gesture.command, gesture.text),
      );
    case 'join':
      workspace.join(gesture.user, gesture.channel);
      return {};
    case 'edit':
      workspace.edit(gesture.user, gesture.channel, gesture.ts, gesture.text);
      return {};
    case 'remove':
      workspace.remove(gesture.user, gesture.channel, gesture.ts);
      return {};
    case 'react':
      workspace.react(gesture.user, gesture.channel, gesture.ts, gesture.name);
      return {};
    case 'unreact':
      workspace.unreact(gesture.user, gesture.channel, gesture.ts, gesture.name);
      return {};
    case 'shortcut':
      return heard(
        'The shortcut',
        await workspace.shortcut(gesture.user, gesture.callbackId, gesture.channel, gesture.ts),
      );
    case 'press': {
      const { blockId, value } = gesture;
      const options = { blockId, selected: value };
      return heard(
        'The button',
        await workspace.press(gesture.user, gesture.target, gesture.actionId, options),
      );
    }
    case 'submit': {
      const { errors, status } = await workspace.submit(gesture.user, gesture.view, gesture.values);
      return errors ? { errors } : heard('The form', { status });
    }
    case 'close':
      await workspace.close(gesture.user, gesture.view);
      return {};
    case 'openHome':
      await workspace.openHome(gesture.user);
      return {};
  }
}

/** As in Slack, a person is told when the app did not take what they did. */
function heard(what: string, { status }: { status: number }): object {
  if (status === 200) return {};
  const why = status === 0 ? 'the app did not answer in time' : `the app answered ${status}`;
  throw new RefusedGesture(`${what} failed: ${why}.`);
}

function withNames(workspace: PageWorkspace, words: string): string {
  let named = words;
  for (const person of workspace.people()) named = named.replaceAll(person.id, person.realName);
  return named;
}
