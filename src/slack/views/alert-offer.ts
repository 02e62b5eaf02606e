import { sourceActor } from '../../domain/alert.ts';
import { clockTime, dayAndTime } from '../../domain/clock-words.ts';
import { asTyped } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { incidentName } from '../../domain/words.ts';
import type { OfferShown } from '../../world.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';

/** What tells alerts apart; the others are in the alert itself. */
const TOLD_LABELS = ['host', 'cluster', 'namespace', 'severity', 'priority', 'pagerduty_service'];

/** An alert, or many, that no open incident is known for: what is to be done about it? */
export function alertOffer(offer: OfferShown, team: Team): SlackContent {
  const words = offer.count > 1 ? manyWords(offer, team) : oneWords(offer, team);
  const text = offer.count > 1 ? `${offer.count} alerts` : offer.alert.title;
  return {
    text: `${offer.over === offer.count ? '🟢' : '🔴'} ${text}`,
    blocks: [section(words), ...(offer.decided ? [context(offer.decided)] : [actions(...choices(offer))])],
  };
}

function oneWords({ alert }: OfferShown, team: Team): string {
  const { title, link, source, startedAt, endedAt, labels, spans } = alert;
  const since = dayAndTime(startedAt, team.timezone);
  const over = endedAt === undefined ? '' : `, over since ${clockTime(endedAt, team.timezone)}`;
  const times = spans.length > 1 ? `, opened ${spans.length} times` : '';
  const told = TOLD_LABELS.flatMap((label) => (labels[label] ? [`${label} ${asTyped(labels[label])}`] : []));
  const lines = [
    `${endedAt === undefined ? '🔴' : '🟢'} **${asTyped(title)}**${link ? ` ([alert](${link}))` : ''}`,
    `${sourceActor(source).name}, since ${since}${over}${times}`,
    told.join(' · '),
  ];
  return lines.filter(Boolean).join('\n');
}

function manyWords({ count, over, since, kinds }: OfferShown, team: Team): string {
  const counted = kinds.reduce((sum, kind) => sum + kind.count, 0);
  const mark = over === count ? '🟢' : '🔴';
  const ended = over === 0 ? '' : over === count ? ', all of them over' : `, ${over} of them over`;
  const lines = kinds.map((kind) => `• ${kind.count} × ${asTyped(kind.title)}`);
  const rest = count - counted;
  return [
    `${mark} **${count} alerts since ${dayAndTime(since.getTime(), team.timezone)}**${ended}:`,
    ...lines,
    ...(rest > 0 ? [`• and ${rest} others`] : []),
  ].join('\n');
}

function choices({ id, count, attachTo }: OfferShown): Button[] {
  const declare = count > 1 ? 'Declare one incident' : 'Declare';
  return [
    button(declare, ACTIONS.declareAlert, encodeValue(0, `${id}`), 'primary'),
    ...attachTo.map(({ number }, index) =>
      button(
        `Attach to ${incidentName(number)}`,
        // Slack wants each name once a message.
        index === 0 ? ACTIONS.attachAlert : `${ACTIONS.attachAlert}_${index + 1}`,
        encodeValue(number, `${id}`),
      ),
    ),
    button(count > 1 ? 'Ignore all' : 'Ignore', ACTIONS.ignoreAlert, encodeValue(0, `${id}`)),
  ];
}
