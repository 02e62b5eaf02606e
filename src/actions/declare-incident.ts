import type { Core } from '../core.ts';
import { serviceNamed } from '../domain/alert-rules.ts';
import { slug } from '../domain/channel-name.ts';
import { type Declaration, declare } from '../domain/declare.ts';
import type { RecordedMessage } from '../domain/entries.ts';
import { type Incident, isHere } from '../domain/incident.ts';
import {
  type Actor,
  incidentName,
  type MessageRef,
  type PersonId,
  type SeverityName,
} from '../domain/words.ts';
import { openIncidents, type Reader } from '../store/incidents.ts';
import { recall, remember } from '../store/remembered.ts';
import { beginIncidentWith, type Outcome } from './change.ts';
import type { SeenMessage } from './messages.ts';

export interface Wish {
  title: string;
  severity: SeverityName;
  private: boolean;
  by: Actor;
  responder: PersonId;
  /** The message that set it off. */
  message?: MessageRef;
  /** A channel that stands already and becomes the incident's. */
  adopted?: { id: string; name: string };
  /** It is over: it is written down, and nobody is paged or told. */
  retrospective?: boolean;
}

/** Declares at once: the incident is kept before anybody is answered; its channel follows. */
export async function declareIncident(core: Core, wish: Wish, delivery?: string): Promise<Outcome> {
  const first = wish.message ? await recallMessage(core, wish.message) : undefined;
  const declaration = { ...declarationOf(core, wish), ...(first ? { first } : {}) };
  const outcome = await beginIncidentWith(
    core.store,
    () => declare(declaration, core.store.now().getTime()),
    delivery === undefined ? {} : { delivery },
  );
  if (outcome.kind !== 'done') return outcome;
  return { ...outcome, answer: answerTo(wish, incidentName(outcome.incident.number)) };
}

function answerTo({ adopted, severity, retrospective }: Wish, name: string): string {
  if (!retrospective) {
    return adopted
      ? `${name} is declared (${severity}), and this is its channel now. I am reading its history.`
      : `${name} is declared (${severity}). Its channel opens now, and you are brought in.`;
  }
  const where = adopted
    ? 'This is its channel now, and I am reading its history.'
    : 'Its channel opens now, and you alone are brought in.';
  return `${name} is a retrospective (${severity}): nobody is paged or told. ${where} First say there when it was: \`/incident impact start 2025-08-12 17:00\`.`;
}

/** The wish with what the team's file adds: the service that the title speaks of, the rosters paged at once. */
export function declarationOf(
  core: Pick<Core, 'team'>,
  { message: _, ...wish }: Omit<Wish, 'responder'> & Partial<Pick<Wish, 'responder'>>,
): Declaration {
  const { services, severities, rosters } = core.team;
  const service = serviceNamed(wish.title, services)?.name;
  const page = severities[wish.severity].pageOnDeclare.filter((roster) => rosters[roster]);
  return { ...wish, page, ...(service === undefined ? {} : { service }) };
}

/**
 * An open incident that is about the same thing, as far as titles and services tell; private ones are not told of. What
 * goes on is never the same as a retrospective.
 */
export async function sameThing(
  core: Core,
  wish: Pick<Wish, 'title' | 'by' | 'retrospective'> & { service?: string },
  db: Reader = core.store.database.prisma,
): Promise<Incident | undefined> {
  const service = wish.service ?? serviceNamed(wish.title, core.team.services)?.name;
  const words = slug(wish.title);
  const open = await openIncidents(db);
  const by = wish.by.kind === 'person' ? wish.by.id : undefined;
  return open.find((incident) => {
    if (incident.retrospective && !wish.retrospective) return false;
    if (incident.private && !(by !== undefined && isHere(incident, by))) return false;
    return (
      (service !== undefined && incident.service === service) ||
      (words !== '' && slug(incident.title) === words)
    );
  });
}

/** Keeps the message that a form is about: its channel may be one that the bot cannot read later. */
export async function keepForForm(core: Core, channel: string, message: SeenMessage): Promise<void> {
  await remember(core.store, formKey({ channel, ts: message.ts }), message);
}

async function recallMessage(core: Core, ref: MessageRef): Promise<RecordedMessage | undefined> {
  const kept = await recall<SeenMessage>(core.store, formKey(ref));
  return kept ? core.world.chat.read(ref.channel, kept.body) : undefined;
}

function formKey({ channel, ts }: MessageRef): string {
  return `form-message:${channel}:${ts}`;
}
