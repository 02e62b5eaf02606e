import type { KnownBlock } from '@slack/web-api';
import { clockTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { memberById } from '../../domain/people.ts';
import { type ReliefOutcome, reliefOutcome } from '../../domain/relief.ts';
import { roleLabel } from '../../domain/role-names.ts';
import { type Handoff, type Relief, standingOffer } from '../../domain/role-state.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { type Instant, incidentName, type PersonId } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';

/** An offered role with its brief, and the answers; afterwards what became of it. */
export function handoffMessage(incident: Incident, handoff: Handoff, team: Team): SlackContent {
  const { to, from, brief } = handoff;
  const label = asTyped(roleLabel(team, handoff.role));
  const offered = from ? `${mention(from)} hands over` : `${offererWords(handoff)} offers`;
  return {
    text: `${roleLabel(team, handoff.role)} of ${incidentName(incident.number)} is offered to you`,
    blocks: [
      section(`🤝 ${mention(to)}: ${offered} **${label}** to you.`),
      section(brief),
      ...reasonBlocks(handoff),
      ...endBlocks(incident, handoff, team, true),
    ],
  };
}

/** The same in a direct message. Nothing of a private incident leaves its channel, so there it only points. */
export function offerMessage(incident: Incident, handoff: Handoff, team: Team): SlackContent {
  const name = incidentName(incident.number);
  const role = roleLabel(team, handoff.role);
  const from = handoff.from ? mention(handoff.from) : offererWords(handoff);
  const channel = incident.channel ? ` [#${incident.channel.name}](channel:${incident.channel.id})` : '';
  if (incident.private) {
    return {
      text: `🤝 A role of private incident ${name} is offered to you`,
      blocks: [
        section(
          `🤝 ${from} hands a role of private incident ${name} over to you. Its channel has the brief.`,
        ),
        ...endBlocks(incident, handoff, team, false),
      ],
    };
  }
  return {
    text: `🤝 ${name} ${incident.title}: ${role} is offered to you`,
    blocks: [
      section(`🤝 **${name}**: ${from} hands **${asTyped(role)}** over to you.${channel}`),
      section(handoff.brief),
      ...reasonBlocks(handoff),
      ...endBlocks(incident, handoff, team, false),
    ],
  };
}

function offererWords({ offeredBy }: Handoff): string {
  return offeredBy.kind === 'person' ? mention(offeredBy.id) : 'Daywatch';
}

function reasonBlocks({ reason }: Handoff): KnownBlock[] {
  return reason ? [context(`Asked because: ${reason}.`)] : [];
}

/** What can be answered, or what became of it. */
function endBlocks(incident: Incident, handoff: Handoff, team: Team, inChannel: boolean): KnownBlock[] {
  if (handoff.state !== 'offered') return [context(outcomeWords(incident, handoff, team))];
  const value = encodeValue(incident.number, handoff.id);
  const buttons = [
    button('Accept', ACTIONS.acceptHandoff, value, 'primary'),
    button('Decline', ACTIONS.declineHandoff, value),
    // A form about a private incident opens in its channel only.
    ...(inChannel || !incident.private
      ? [button('Decline, and say why', ACTIONS.declineWithReason, value)]
      : []),
    ...(inChannel ? [button('Take it back', ACTIONS.withdrawHandoff, value)] : []),
  ];
  const limit = limitWords(incident, handoff, team);
  return limit ? [actions(...buttons), context(limit)] : [actions(...buttons)];
}

function limitWords(incident: Incident, handoff: Handoff, team: Team): string | undefined {
  const { dueAt, to, from } = handoff;
  const keeps = from ? `${mention(from)} keeps it until then.` : '';
  if (dueAt === undefined) return keeps || undefined;
  const after = incident.resolvedAt === undefined ? 'the next person is asked' : 'it stays where it is';
  return `Answer by ${forPerson(dueAt, to, team)}; after that ${after}. ${keeps}`.trim();
}

/** `17:45 BST (19:45 EEST)`: the team's clock, and the person's own where it shows another time. */
function forPerson(at: Instant, person: PersonId, team: Team): string {
  const ours = clockTime(at, team.timezone);
  const zone = memberById(team, person)?.timezone ?? team.timezone;
  const theirs = clockTime(at, zone);
  return ours === theirs ? ours : `${ours} (${theirs})`;
}

function outcomeWords(incident: Incident, handoff: Handoff, team: Team): string {
  const { to, role, state } = handoff;
  const label = asTyped(roleLabel(team, role));
  const holder = incident.roles[role];
  const kept = holder ? ` ${mention(holder)} holds ${label}.` : '';
  switch (state) {
    case 'accepted':
      return holder === to
        ? `☑ ${mention(to)} accepted and holds ${label} now.`
        : `☑ ${mention(to)} accepted.${kept}`;
    case 'declined':
      return `☒ ${mention(to)} declined.${kept}`;
    case 'unanswered':
      return `⌛ ${mention(to)} did not answer in time.${kept}`;
    case 'withdrawn':
      return `Taken back; nothing is needed of ${mention(to)}.${kept}`;
    default: {
      const other = standingOffer(incident, role);
      return `${other ? `Offered to ${mention(other.to)} since.` : 'No longer offered.'}${kept}`;
    }
  }
}

/** Asks who takes a role whose holder goes; afterwards what came of it. */
export function reliefMessage(incident: Incident, relief: Relief, team: Team): SlackContent {
  const label = asTyped(roleLabel(team, relief.role));
  const outcome = reliefOutcome(incident, relief);
  const head = section(`${headWords(relief, label, team)}\n${nextWords(relief)}`);
  const text = `${incidentName(incident.number)}: ${CALLS[relief.why]}; who takes ${roleLabel(team, relief.role)}?`;
  if (outcome.kind !== 'open')
    return { text, blocks: [head, context(cameWords(outcome, relief, label, team))] };
  return { text, blocks: [head, actions(...reliefButtons(incident, relief))] };
}

/** As a notification tells it. */
const CALLS: Record<Relief['why'], string> = {
  'day-ends': 'a day ends soon',
  'off-duty': 'a day has ended',
  left: 'somebody has left the channel',
};

function headWords({ person, why, dayEnd = 0 }: Relief, label: string, team: Team): string {
  const who = mention(person);
  const end = forPerson(dayEnd, person, team);
  switch (why) {
    case 'day-ends':
      return `🌇 ${who}, your day ends at ${end}, and you hold **${label}**.`;
    case 'off-duty':
      return `🌙 ${who}’s day ended at ${end}, and they still hold **${label}**.`;
    case 'left':
      return `🚪 ${who} has left this channel and still holds **${label}**.`;
  }
}

function nextWords({ to, reason }: Relief): string {
  return to === undefined ? `${reason}.` : `${mention(to)} could take it: ${reason}.`;
}

function reliefButtons(incident: Incident, { id, to, role, why }: Relief): Button[] {
  const value = encodeValue(incident.number, id);
  return [
    ...(to === undefined ? [] : [button('Hand over', ACTIONS.relieve, value, 'primary')]),
    button('I take it', ACTIONS.takeRole, encodeValue(incident.number, role)),
    ...(why === 'left' ? [] : [button('I stay', ACTIONS.stay, value)]),
  ];
}

function cameWords(
  outcome: Exclude<ReliefOutcome, { kind: 'open' }>,
  { person }: Relief,
  label: string,
  team: Team,
): string {
  switch (outcome.kind) {
    case 'held':
      return outcome.by ? `☑ ${mention(outcome.by)} holds ${label} now.` : `Nobody holds ${label} now.`;
    case 'offered':
      return `🤝 Offered to ${mention(outcome.to)}.`;
    case 'stays':
      return `${mention(person)} stays; I ask again at ${forPerson(outcome.until, person, team)}.`;
    case 'back':
      return `${mention(person)} is back.`;
    case 'asked-again':
      return 'Asked again since.';
    case 'over':
      return 'The incident is over; nothing is needed.';
  }
}
