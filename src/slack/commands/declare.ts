import { wasTaken } from '../../actions/change.ts';
import type { Wish } from '../../actions/declare-incident.ts';
import { declareIncident, sameThing } from '../../actions/declare-incident.ts';
import { TITLE_MAX } from '../../domain/declare.ts';
import { readSeverity, whyNoSeverity } from '../../domain/lifecycle.ts';
import { asTyped } from '../../domain/sentence.ts';
import { incidentName, type SeverityName } from '../../domain/words.ts';
import { type Gesture, type Reply, replyOf } from '../gesture.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { actions, button, section } from '../views/blocks.ts';
import { declareForm } from '../views/forms.ts';
import type { Subcommand } from './subcommand.ts';
import { typedPlain } from './typed.ts';

/** Serious until somebody says less: what pages is decided by the configuration of the severity. */
const DEFAULT_SEVERITY: SeverityName = 'sev1';

export const declareCommand: Subcommand = {
  name: 'declare',
  aliases: ['new', 'start', 'open', 'create'],
  usage: [
    'declare [sev1..sev4] [private] <title>',
    'declare retrospective [sev1..sev4] [private] <title>',
    'declare',
  ],
  says: 'declare an incident at once; without a title, by a form. With `retrospective` first it is over and only written down: nobody is paged or told',
  async run(gesture, rest) {
    const against = whyNoSeverity(rest);
    if (against) return { text: against };
    const wish = readWish(gesture, rest);
    if (!wish.title) {
      openDeclareForm(gesture, wish);
      const word = wish.retrospective ? 'retrospective ' : '';
      return { text: `The form opens. In one line: \`/incident declare ${word}sev1 LEAP hub is down\`.` };
    }
    return declareOrOffer(gesture, wish);
  },
};

/** `retrospective sev2 private something broke`, in any order; the rest is the title. */
export function readWish(gesture: Pick<Gesture, 'person' | 'core'>, text: string): Wish {
  let rest = text.trim();
  let severity: SeverityName | undefined;
  let isPrivate = false;
  let retrospective = false;
  for (;;) {
    const [, word = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    const read = /^(sev-?|p)\d$/i.test(word) ? readSeverity(word) : undefined;
    if (read && !severity) severity = read;
    else if (word.toLowerCase() === 'private' && !isPrivate) isPrivate = true;
    else if (word.toLowerCase() === 'retrospective' && !retrospective) retrospective = true;
    else break;
    rest = after;
  }
  return {
    title: typedPlain(gesture, rest).replace(/^["“](.*)["”]$/s, '$1'),
    severity: severity ?? DEFAULT_SEVERITY,
    private: isPrivate,
    ...(retrospective ? { retrospective } : {}),
    by: { kind: 'person', id: gesture.person },
    responder: gesture.person,
  };
}

/** Declares, unless the same thing is open already: then that is offered first. */
export async function declareOrOffer(gesture: Gesture, wish: Wish): Promise<Reply> {
  const standing = await sameThing(gesture.core, wish);
  if (!standing) return replyOf(await declareIncident(gesture.core, wish, gesture.delivery));
  // What stands may be what this very command declared, heard once more.
  if (await wasTaken(gesture.core.store, gesture.delivery)) return replyOf({ kind: 'repeated' });
  const where = standing.channel ? ` in [#${standing.channel.name}](channel:${standing.channel.id})` : '';
  const name = incidentName(standing.number);
  const text = `${name} “${asTyped(standing.title)}” is open already${where}. Is it the same?`;
  return {
    text,
    blocks: [
      section(text),
      actions(
        button(`Join ${name}`, ACTIONS.joinInstead, `${standing.number}:`, 'primary'),
        button('It is another one: declare', ACTIONS.declareAnyway, valueOfWish(wish)),
      ),
    ],
  };
}

function valueOfWish(wish: Wish): string {
  const { severity, title, message } = wish;
  return JSON.stringify([
    severity,
    wish.private,
    title.slice(0, TITLE_MAX),
    message?.channel ?? null,
    message?.ts ?? null,
    wish.retrospective ?? false,
  ]);
}

/** What the button *It is another one* carries back. */
export function wishOfValue(gesture: Pick<Gesture, 'person' | 'core'>, value: string): Wish | undefined {
  try {
    const [severity, isPrivate, title, channel, ts, retrospective] = JSON.parse(value) as [
      string,
      boolean,
      string,
      (string | null)?,
      (string | null)?,
      boolean?,
    ];
    const wish = readWish(gesture, '');
    return {
      ...wish,
      severity: readSeverity(severity) ?? wish.severity,
      private: isPrivate === true,
      title: String(title),
      ...(channel && ts ? { message: { channel, ts } } : {}),
      ...(retrospective === true ? { retrospective } : {}),
    };
  } catch {
    return undefined;
  }
}

/** Opening a form promises nothing, so nobody waits for it; a line says what to type if it does not come. */
export function openDeclareForm(
  gesture: Gesture,
  wish?: Partial<Wish>,
  message?: { channel: string; ts: string },
): void {
  const view = declareForm(gesture.core.team, {
    channelId: gesture.channelId,
    person: gesture.person,
    ...(wish?.severity ? { severity: wish.severity } : {}),
    ...(wish?.title ? { title: wish.title } : {}),
    ...(wish?.private ? { private: true } : {}),
    ...(wish?.retrospective ? { retrospective: true } : {}),
    ...(message ? { message } : {}),
  });
  openView(gesture, view);
}

export function openView(gesture: Gesture, view: object): void {
  gesture
    .quickCall('views.open', { trigger_id: gesture.triggerId, view }, { deadlineMs: 2_500 })
    .catch((error: unknown) =>
      gesture.core.log.warn(
        { error: error instanceof Error ? error.message : String(error), form: VIEWS.declare },
        'a form could not be opened',
      ),
    );
}
