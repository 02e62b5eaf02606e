import { clockTime, dayAndTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { whoAnswered } from '../../domain/lessons.ts';
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
  if (incident.private && !incident.people.includes(page.person)) return privatePage(incident, page, team);
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

/** Who is asked into a private incident is no member of it yet, and reads no word of it. */
function privatePage(incident: Incident, page: Page, team: Team): SlackContent {
  const name = `Private incident ${incidentName(incident.number)}`;
  const settled = settledWords(incident, page, team);
  const title = settled ? `${name}: you were asked` : `📟 ${name}: you are needed`;
  const facts = section(
    `${severityWords(incident, team)} · since ${dayAndTime(incident.declaredAt, team.timezone)}\nYour time is ${page.localTime}. With *I have it* you come into its channel and read the rest.`,
  );
  const value = encodeValue(incident.number, page.id);
  const end = settled
    ? context(settled)
    : actions(button('I have it', ACTIONS.haveIt, value, 'primary'), button('Not me', ACTIONS.notMe, value));
  return {
    text: settled ? `${name}: ${settled}` : `${title}. Answer here or in PagerDuty.`,
    blocks: [header(title), facts, end],
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

/** Stands in the channel once the incident was resolved: the report, and the question for lessons. */
export function resolutionMessage(incident: Incident, team: Team): SlackContent {
  const value = encodeValue(incident.number);
  const name = incidentName(incident.number);
  // When a retrospective came to be written down says nothing to anybody.
  const told = incident.retrospective ? undefined : incident.resolvedAt;
  const at = told === undefined ? '' : ` at ${clockTime(told, team.timezone)}`;
  const answered = whoAnswered(incident);
  const said = answered.length > 0 ? `\n☑ ${listed(answered.map(mention))}` : '';
  return {
    text: `${name} is resolved. The report is ready.`,
    blocks: [
      section(
        `🟢 **${name} is resolved**${at}. The report is ready and stands below as a file. What you add from now on goes into the saved one.`,
      ),
      section(
        `💡 **While you are all here:** what went well, what didn't, where were you lucky? A minute each; “nothing” is an answer.${said}`,
      ),
      actions(
        button(
          'Say what you learnt',
          ACTIONS.lessonsForm,
          value,
          answered.length > 0 ? undefined : 'primary',
        ),
        button('Write the summary', ACTIONS.writeSummary, value),
        button('Add an action item', ACTIONS.addAction, value),
        button('Preview the report', ACTIONS.previewReport, value),
        button('Publish', ACTIONS.publishReport, value),
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
