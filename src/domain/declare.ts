import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import { type RecordedMessage, recordMessage } from './entries.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { asTyped } from './sentence.ts';
import {
  type Actor,
  type Instant,
  incidentName,
  type MessageRef,
  type PersonId,
  type SeverityName,
} from './words.ts';

export interface Declaration {
  title: string;
  severity: SeverityName;
  private: boolean;
  by: Actor;
  /** Nobody yet where an alert declares. */
  responder?: PersonId;
  service?: string;
  /** The message that set it off; it becomes the first entry. */
  first?: RecordedMessage;
  /** A channel that stands already and becomes the incident's. */
  adopted?: { id: string; name: string };
  /** It is over and is only written down: nobody is paged or told, whatever the configuration says. */
  retrospective?: boolean;
  /** Rosters to page at once, by configuration of the severity. */
  page: readonly string[];
}

export const TITLE_MAX = 200;
/** The run that reads the history of an adopted channel for the first time. */
export const ADOPTING = 'adopt';

/** The facts and effects of a new incident: the channel first, everything else in parallel after it. */
export function declare(declaration: Declaration, now: Instant): Decision {
  const title = declaration.title.replaceAll(/\s+/g, ' ').trim();
  if (!title) return refuse('An incident needs a title: `/incident declare sev1 LEAP hub is down`.');
  if ([...title].length > TITLE_MAX) {
    return refuse(
      `The title has ${[...title].length} characters; ${TITLE_MAX} is the most. Shorten it, and put the rest in the channel.`,
    );
  }
  const { severity, by, responder, service, retrospective = false } = declaration;
  const page = retrospective ? [] : declaration.page;
  const declared: NewFact = {
    type: 'declared',
    title,
    severity,
    private: declaration.private,
    ...(responder === undefined ? {} : { responder }),
    ...(service === undefined ? {} : { service }),
    ...(retrospective ? { retrospective } : {}),
    by,
    at: now,
  };
  const asked = page.map(
    (roster, index): NewFact => ({
      type: 'page-asked',
      ladder: `${index + 1}`,
      roster,
      by: { kind: 'daywatch' },
      at: now,
    }),
  );
  const adoption = adopting(declaration, now);
  const first = declaration.first
    ? [recordMessage(declaration.first, { kind: 'message', origin: 'shortcut', by, at: now })]
    : [];
  return {
    facts: [declared, ...adoption.facts, ...first, ...asked],
    effects: [
      ...adoption.effects,
      ...page.map((_, index) => ({ do: 'climb' as const, ladder: `${index + 1}` })),
      ...(retrospective ? [] : [{ do: 'find-alerts' } as const]),
    ],
  };
}

/** A channel is made, or one that stands already is taken with its history. */
function adopting({ adopted, by, responder, retrospective }: Declaration, now: Instant): Changes {
  if (!adopted) return { facts: [], effects: [{ do: 'open-channel' }] };
  const led = responder === undefined || retrospective ? [] : [responder];
  const people = [...(by.kind === 'person' ? [by.id] : []), ...led];
  const { facts, effects } = channelOpened(adopted, [...new Set(people)], now);
  return {
    facts: [...facts, { type: 'adopted', by, at: now }],
    effects: [...effects, { do: 'show', message: 'history' }, { do: 'recover', run: ADOPTING }],
  };
}

/** Whom the new channel calls: everybody who takes part, and of a retrospective only whoever writes it down. */
export function invited({ people, declaredBy, retrospective }: Incident): PersonId[] {
  return retrospective ? people.filter((id) => declaredBy.kind === 'person' && declaredBy.id === id) : people;
}

/** What the channel calls for the moment it exists. */
export function channelOpened(
  channel: { id: string; name: string },
  people: PersonId[],
  now: Instant,
): Changes {
  return {
    facts: [
      {
        type: 'channel-opened',
        channel: channel.id,
        name: channel.name,
        by: { kind: 'daywatch' },
        at: now,
        key: 'channel',
      },
    ],
    effects: [
      { do: 'invite', people },
      { do: 'show', message: 'card' },
      { do: 'show', message: 'announcement' },
      { do: 'set-topic' },
    ],
  };
}

/** A message of the bot stands in Slack; the card is then pinned and linked. */
export function placed(message: string, ref: MessageRef, now: Instant): Decision {
  const card: Effect[] = message === 'card' ? [{ do: 'pin-card' }, { do: 'add-bookmarks' }] : [];
  return {
    facts: [{ type: 'placed', message, ref, by: { kind: 'daywatch' }, at: now, key: `placed:${message}` }],
    effects: card,
  };
}

/** No channel can be made; never a public one for a private incident. The declarer is told what to do. */
export function channelRefused(incident: Incident, why: string, now: Instant): Decision {
  if (incident.channelRefused === why) return nothing();
  const told = incident.declaredBy.kind === 'person' ? incident.declaredBy.id : undefined;
  return {
    facts: [{ type: 'channel-refused', why, by: { kind: 'daywatch' }, at: now }],
    effects: told
      ? [
          {
            do: 'say-to',
            notice: 'channel-refused',
            person: told,
            text: `${incidentName(incident.number)} is declared and kept, but its channel could not be made: ${asTyped(why)} I keep trying.`,
          },
        ]
      : [],
  };
}
