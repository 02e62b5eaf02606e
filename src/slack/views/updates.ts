import type { KnownBlock } from '@slack/web-api';
import { clockTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { nextUpdateDue, reminderWords } from '../../domain/update-clock.ts';
import type { Target } from '../../domain/update-targets.ts';
import { incidentName } from '../../domain/words.ts';
import { type Delivery, isCurrent, type WrittenUpdate } from '../../domain/written-updates.ts';
import { ACTIONS, encodeValue, VIEWS } from '../ids.ts';
import { actions, button, context, type SlackContent, section } from './blocks.ts';
import { choices, type FormMemory, input, modal, type View } from './forms.ts';

/** An update in the incident's channel: its words, and where it has arrived. */
export function updateMessage(incident: Incident, update: WrittenUpdate, team: Team): SlackContent {
  const { words, nextAt, version, deliveries } = update;
  const value = encodeValue(incident.number, update.id);
  const corrected = version > 1 ? ', corrected' : '';
  const by = update.by.kind === 'person' ? ` by ${mention(update.by.id)}` : '';
  const missing = deliveries.some((delivery) => delivery.failed && !isCurrent(update, delivery));
  const blocks: KnownBlock[] = [section(`📣 **Update ${update.id}**${corrected}${by}`), section(words.state)];
  if (words.tried) blocks.push(section(`**Tried**\n\n${words.tried}`));
  if (words.next) blocks.push(section(`**Next**\n\n${words.next}`));
  blocks.push(context(whereWords(incident, update)));
  if (nextAt !== undefined)
    blocks.push(context(`The next one is promised by ${clockTime(nextAt, team.timezone)}.`));
  if (isPermitted(incident, 'update')) {
    const correct = button('Correct', ACTIONS.correctUpdate, value);
    blocks.push(
      missing ? actions(correct, button('Try again', ACTIONS.retryUpdate, value)) : actions(correct),
    );
  }
  return { text: `📣 Update ${update.id} of ${incidentName(incident.number)}`, blocks };
}

function whereWords(incident: Incident, update: WrittenUpdate): string {
  const { deliveries } = update;
  if (deliveries.length === 0) return 'It stands here only; nobody outside was picked.';
  const lines = deliveries.map((delivery) => deliveryLine(update, delivery));
  const note = incident.private ? 'Outside they read only that there is an update.' : '';
  return [...lines, note].filter(Boolean).join('\n');
}

function deliveryLine(update: WrittenUpdate, delivery: Delivery): string {
  const label = asTyped(delivery.label);
  const { sent, failed } = delivery;
  if (sent && isCurrent(update, delivery)) {
    const manner = { sent: '', edited: ', corrected there', followed: ', with a correction behind it' }[
      sent.manner
    ];
    return `☑ ${sent.url ? `[${label}](${sent.url})` : label}${manner}`;
  }
  const former = sent ? ' (the former words stand there)' : '';
  if (!failed) return `… ${label}${former}`;
  return `☒ ${label}${former}: ${asTyped(failed.why)} ${failed.trying ? 'I keep trying.' : 'I stopped trying.'}`;
}

/** That an update is due, or late, with what to do about it; afterwards that nothing is needed any more. */
export function reminderMessage(
  incident: Incident,
  team: Team,
  about: { dueAt: number; stage: 'soon' | 'late' },
): SlackContent {
  const words = reminderWords(incident, team, about);
  const due = nextUpdateDue(incident, team);
  const channel = incident.channel ? `[#${incident.channel.name}](channel:${incident.channel.id})` : '';
  const top = section(about.stage === 'soon' && channel ? `${words}\n${channel}` : words);
  const value = encodeValue(incident.number);
  const stands = due?.dueAt === about.dueAt;
  const end = stands
    ? actions(
        button('Write an update', ACTIONS.writeUpdate, value, 'primary'),
        button('In 30 min', ACTIONS.snoozeUpdate, value),
      )
    : context(settledWords(due?.kind === 'snoozed' ? clockTime(due.dueAt, team.timezone) : undefined));
  return { text: `An update of ${incidentName(incident.number)} is due`, blocks: [top, end] };
}

function settledWords(putOff: string | undefined): string {
  return putOff === undefined ? '☑ Nothing is needed any more.' : `Put off to ${putOff}.`;
}

export interface UpdateFormGiven {
  targets: readonly Target[];
  /** Whose words stand in the form. */
  before?: WrittenUpdate;
  /** As one types it. */
  nextAt: string;
  /** Their zone, for the hint. */
  zone: string;
}

/** A new update, with the former one to start from. */
export function updateForm(incident: Incident, given: UpdateFormGiven): View {
  const { targets, before } = given;
  const usual = targets.filter((target) => target.usual && !incident.private).map(({ id }) => id);
  const whom: KnownBlock[] =
    targets.length > 0
      ? [
          choices(
            'targets',
            'Who gets it?',
            targets.map(({ id, label }) => ({ value: id, label })),
            usual,
            incident.private
              ? `They would read “Private incident ${incidentName(incident.number)}: there is an update.” and no word of it.`
              : 'Without any it stands in the incident’s channel only.',
          ),
        ]
      : [];
  const anyway: KnownBlock[] =
    incident.private && targets.length > 0
      ? [
          choices(
            'anyway',
            'This incident is private',
            [{ value: 'anyway', label: 'Let them know that there is an update' }],
            [],
          ),
        ]
      : [];
  return modal(VIEWS.update, memoryOf(incident), 'Write an update', 'Send', [
    ...wordInputs(before),
    whenInput(given),
    ...whom,
    ...anyway,
  ]);
}

/** The same for an update that went out. */
export function correctionForm(incident: Incident, given: UpdateFormGiven & { before: WrittenUpdate }): View {
  const { before } = given;
  return modal(
    VIEWS.correction,
    { ...memoryOf(incident), update: before.id },
    `Correct update ${before.id}`,
    'Correct',
    [...wordInputs(before), whenInput(given)],
  );
}

function wordInputs(before: WrittenUpdate | undefined): KnownBlock[] {
  return [
    input('state', 'How does it stand now?', { multiline: true, initial: before?.words.state }),
    input('tried', 'What was tried?', { multiline: true, optional: true, initial: before?.words.tried }),
    input('next', 'What is next?', { multiline: true, optional: true, initial: before?.words.next }),
  ];
}

function whenInput({ nextAt, zone }: UpdateFormGiven): KnownBlock {
  return input('nextAt', 'When does the next one come?', {
    optional: true,
    initial: nextAt,
    max: 100,
    hint: `Such as in 2h, 19:15, tomorrow 09:00 or 2025-08-12 18:15 UTC. Your zone is ${zone}.`,
  });
}

/** The answer to a form appears in the incident's channel, to whoever sent it. */
function memoryOf({ number, channel }: Incident): FormMemory {
  return { incident: number, ...(channel ? { channelId: channel.id } : {}) };
}
