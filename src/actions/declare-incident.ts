import { serviceNamed } from '../domain/alerts.ts';
import { slug } from '../domain/channel-name.ts';
import { declare } from '../domain/declare.ts';
import type { RecordedMessage } from '../domain/entries.ts';
import type { Incident } from '../domain/incident.ts';
import {
  type Actor,
  incidentName,
  type MessageRef,
  type PersonId,
  type SeverityName,
} from '../domain/words.ts';
import type { Core } from '../jobs/context.ts';
import { openIncidents } from '../store/incidents.ts';
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
}

/** Declares at once: the incident is kept before anybody is answered; its channel follows. */
export async function declareIncident(core: Core, wish: Wish, delivery?: string): Promise<Outcome> {
  const service = serviceNamed(wish.title, core.team.services)?.name;
  const page = core.team.severities[wish.severity].pageOnDeclare.filter(
    (roster) => core.team.rosters[roster],
  );
  const { message, ...declaration } = wish;
  const first = message ? await recallMessage(core, message) : undefined;
  const outcome = await beginIncidentWith(
    core.store,
    () =>
      declare(
        { ...declaration, page, ...(service === undefined ? {} : { service }), ...(first ? { first } : {}) },
        core.store.now().getTime(),
      ),
    delivery === undefined ? {} : { delivery },
  );
  if (outcome.kind !== 'done') return outcome;
  const name = incidentName(outcome.incident.number);
  return {
    ...outcome,
    answer: `${name} is declared (${wish.severity}). Its channel opens now, and you are brought in.`,
  };
}

/** An open incident that is about the same thing, as far as titles and services tell; private ones are not told of. */
export async function sameThing(core: Core, wish: Pick<Wish, 'title' | 'by'>): Promise<Incident | undefined> {
  const service = serviceNamed(wish.title, core.team.services)?.name;
  const words = slug(wish.title);
  const open = await openIncidents(core.store.database.prisma);
  const by = wish.by.kind === 'person' ? wish.by.id : undefined;
  return open.find((incident) => {
    if (incident.private && !(by !== undefined && incident.people.includes(by))) return false;
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
