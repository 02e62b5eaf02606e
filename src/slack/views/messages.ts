import { clockTime, dayAndTime } from '../../domain/clock-words.ts';
import type { Handoff, Incident } from '../../domain/incident.ts';
import type { Page } from '../../domain/paging-state.ts';
import { isOpen } from '../../domain/permitted.ts';
import { asTyped, listed, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, button, context, header, type SlackContent, section } from './blocks.ts';
import { severityWords, statusWords } from './card.ts';

/** Stands in the announcement channel from the declaring to the end. */
export function announcement(incident: Incident, team: Team): SlackContent {
  const name = incidentName(incident.number);
  const { responder, communications } = incident.roles;
  const people = [
    responder ? `${mention(responder)} responds` : undefined,
    communications ? `${mention(communications)} has communications` : undefined,
  ].filter((part) => part !== undefined);
  const channel = incident.channel
    ? ` Join [#${incident.channel.name}](channel:${incident.channel.id}).`
    : '';
  return {
    text: `${name} ${incident.title} (${incident.severity}, ${incident.status})`,
    blocks: [
      section(
        `**${name} ${asTyped(incident.title)}**\n${severityWords(incident, team)} · ${statusWords(incident)}`,
      ),
      context(`Declared ${dayAndTime(incident.declaredAt, team.timezone)}. ${people.join(', ')}.${channel}`),
    ],
  };
}

/** The direct message of a page: everything at a glance, and two answers. */
export function pageMessage(incident: Incident, page: Page, team: Team): SlackContent {
  const name = incidentName(incident.number);
  const here = incident.people.filter((person) => person !== page.person);
  const channel = incident.channel ? `\n[#${incident.channel.name}](channel:${incident.channel.id})` : '';
  const ours = clockTime(page.pagedAt, team.timezone);
  const facts = section(
    [
      `**${asTyped(incident.title)}**`,
      `${severityWords(incident, team)} · ${statusWords(incident)} · since ${dayAndTime(incident.declaredAt, team.timezone)}`,
      here.length > 0 ? `There: ${listed(here.map(mention))}` : 'Nobody else is there yet',
      `Your time is ${page.localTime}${ours === page.localTime ? '' : `; the team's is ${ours}`}.${channel}`,
    ].join('\n'),
  );
  const why = context(`Asked because: ${page.reason}.`);
  const settled = settledWords(incident, page, team);
  if (settled)
    return {
      text: `${name}: ${settled}`,
      blocks: [header(`${name}: you were asked`), facts, context(settled)],
    };
  return {
    text: `📟 ${name} ${incident.title}: you are needed. Answer here or in PagerDuty.`,
    blocks: [
      header(`📟 ${name}: you are needed`),
      facts,
      why,
      actions(
        button('I have it', ACTIONS.haveIt, encodeValue(incident.number, page.id), 'primary'),
        button('Not me', ACTIONS.notMe, encodeValue(incident.number, page.id)),
      ),
    ],
  };
}

function settledWords(incident: Incident, page: Page, team: Team): string | undefined {
  const at = page.settledAt === undefined ? '' : ` (${clockTime(page.settledAt, team.timezone)})`;
  const taken = incident.ladders[page.ladder]?.pages
    .map((id) => incident.pages[id])
    .find((other) => other?.state === 'acknowledged');
  if (taken?.settledBy?.kind === 'person') {
    return taken.settledBy.id === page.person
      ? `You have it${at}. Thank you.`
      : `${mention(taken.settledBy.id)} has it. Thank you; nothing is needed of you.`;
  }
  if (page.state === 'declined') return `You said that it is not you${at}; the next person was asked.`;
  if (!isOpen(incident))
    return `${incidentName(incident.number)} is ${incident.status}; nothing is needed any more.`;
  return undefined;
}

/** An offered role with its brief, and two answers; afterwards what became of it. */
export function handoffMessage(incident: Incident, handoff: Handoff, team: Team): SlackContent {
  const label = team.roles[handoff.role].label;
  const value = encodeValue(incident.number, handoff.id);
  const from = handoff.from ? `${mention(handoff.from)} hands over` : `${mentionOffer(handoff)} offers`;
  const top = section(`🤝 ${mention(handoff.to)}: ${from} **${label}** to you.`);
  const brief = section(handoff.brief);
  const end = {
    offered: actions(
      button('Accept', ACTIONS.acceptHandoff, value, 'primary'),
      button('Decline', ACTIONS.declineHandoff, value),
    ),
    accepted: context(`☑ ${mention(handoff.to)} accepted and holds ${label} now.`),
    declined: context(`☒ ${mention(handoff.to)} declined.`),
    overtaken: context('Offered to somebody else since.'),
  }[handoff.state];
  return {
    text: `${label} of ${incidentName(incident.number)} is offered to you`,
    blocks: [top, brief, end],
  };
}

function mentionOffer(handoff: Handoff): string {
  return handoff.offeredBy.kind === 'person' ? mention(handoff.offeredBy.id) : 'Daywatch';
}

/** Stands in the channel once the incident was resolved, above the report. */
export function resolutionMessage(incident: Incident, team: Team): SlackContent {
  const value = encodeValue(incident.number);
  const missing = [
    incident.impact.start ? undefined : 'when users were first hurt (`/incident impact start 17:00`)',
    incident.summary ? undefined : 'a summary in your own words',
    incident.updates.count > 0 ? undefined : 'an update to the community (react 📣 to the one that went out)',
  ].filter((part) => part !== undefined);
  const at = incident.resolvedAt === undefined ? '' : ` at ${clockTime(incident.resolvedAt, team.timezone)}`;
  return {
    text: `${incidentName(incident.number)} is resolved. The report is ready.`,
    blocks: [
      section(
        `🟢 **${incidentName(incident.number)} is resolved**${at}. The report is ready and stands below as a file. What you add from now on goes into the saved one.`,
      ),
      section(
        missing.length > 0
          ? `It would gain from:\n${missing.map((part) => `• ${part}`).join('\n')}`
          : 'Nothing that I look for is missing from it.',
      ),
      context(
        'While you are all here: what went well, what did not, where were you lucky? A minute now saves an hour next week.',
      ),
      actions(
        button('Write the summary', ACTIONS.writeSummary, value, incident.summary ? undefined : 'primary'),
        button('Add a lesson', ACTIONS.addLesson, value),
        button('Add an action item', ACTIONS.addAction, value),
        button('Timeline', ACTIONS.showTimeline, value),
      ),
    ],
  };
}

/** A line of ours in the channel. A loud one calls those who are active; it wakes nobody. */
export function notice(markdown: string, loud: boolean): SlackContent {
  const words = section(markdown);
  const text = words.type === 'section' ? (words.text?.text ?? '') : '';
  if (!loud) return { text, blocks: [words] };
  const call = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '<!here>' } };
  return { text: `<!here> ${text}`, blocks: [call, words] };
}
