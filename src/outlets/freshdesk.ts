import { z } from 'zod';
import type { Arrival, OutgoingUpdate, Outlet } from '../domain/outlet.ts';
import { ServiceError } from '../service-error.ts';
import { ask } from './ask.ts';
import { htmlOf } from './html.ts';
import type { OpenWebhook } from './webhook.ts';

/** Numbers of Freshdesk: an open ticket of ordinary haste. */
const OPEN = 2;
const PRIORITIES: Record<string, number> = { sev1: 4, sev2: 3, sev3: 2, sev4: 1 };
const PAGES = 10;

const Ticket = z.object({ id: z.number(), tags: z.array(z.string()).catch([]) });
const Described = z.object({ description_text: z.string().catch('') });
const Conversation = z.object({ id: z.number(), body_text: z.string().catch('') });

/**
 * Tickets of a community's contact: the first update opens one, every further one is a public reply in it. Freshdesk
 * changes no reply that went out, so a correction is a reply too.
 */
export function createFreshdeskOutlet(webhook: OpenWebhook): Outlet {
  const base = webhook.url.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${webhook.secretValue ?? ''}:X`).toString('base64')}`;
  const get = <Schema extends z.ZodType>(schema: Schema, path: string, signal?: AbortSignal) =>
    ask(
      'Freshdesk',
      { method: 'GET', url: `${base}/api/v2/${path}`, headers: { authorization }, signal },
      schema,
    );
  const post = <Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: object,
    signal?: AbortSignal,
  ) => {
    const url = `${base}/api/v2/${path}`;
    return ask('Freshdesk', { method: 'POST', url, headers: { authorization }, body, signal }, schema);
  };

  return {
    async send(update) {
      const { address } = addressed(update);
      const ticket =
        ticketOf(update.thread) ?? (update.first ? undefined : await findTicket(address, update));
      if (ticket === undefined) return opened(update, address);
      const there = update.first ? undefined : await findReply(ticket, update);
      return there === undefined ? replied(ticket, update) : arrival(ticket, there, update);
    },
  };

  async function opened(update: OutgoingUpdate, email: string): Promise<Arrival> {
    const ticket = {
      email,
      subject: update.subject,
      description: withReference(update),
      status: OPEN,
      priority: PRIORITIES[update.severity] ?? 1,
      tags: [tagOf(update)],
    };
    const made = await post(Ticket, 'tickets', ticket, update.signal);
    return arrival(made.id, undefined, update);
  }

  async function replied(ticket: number, update: OutgoingUpdate): Promise<Arrival> {
    const body = { body: withReference(update) };
    const made = await post(Conversation, `tickets/${ticket}/reply`, body, update.signal);
    return arrival(ticket, made.id, update);
  }

  async function findTicket(email: string, update: OutgoingUpdate): Promise<number | undefined> {
    const query = new URLSearchParams({
      email,
      updated_since: new Date(update.since.getTime() - 600_000).toISOString(),
      per_page: '100',
    });
    const found = await get(z.array(Ticket), `tickets?${query}`, update.signal);
    return found.find(({ tags }) => tags.includes(tagOf(update)))?.id;
  }

  /** The opening words bear the reference of the update that opened it; replies bear their own. */
  async function findReply(ticket: number, update: OutgoingUpdate): Promise<number | undefined> {
    const wanted = referenceOf(update);
    if (update.thread.length === 0) {
      const whole = await get(Described, `tickets/${ticket}`, update.signal);
      if (whole.description_text.includes(wanted)) return 0;
    }
    for (let page = 1; page <= PAGES; page += 1) {
      const path = `tickets/${ticket}/conversations?per_page=100&page=${page}`;
      const some = await get(z.array(Conversation), path, update.signal);
      const found = some.find(({ body_text: text }) => text.includes(wanted));
      if (found || some.length < 100) return found?.id;
    }
    return undefined;
  }

  function arrival(ticket: number, reply: number | undefined, update: OutgoingUpdate): Arrival {
    return {
      id: reply ? `ticket:${ticket}:${reply}` : `ticket:${ticket}`,
      manner: update.before === undefined ? 'sent' : 'followed',
      url: `${base}/a/tickets/${ticket}`,
    };
  }
}

function addressed({ target }: OutgoingUpdate): { address: string } {
  const address = target.way.by === 'webhook' ? target.way.address : undefined;
  if (address !== undefined) return { address };
  throw new ServiceError({
    service: 'Freshdesk',
    kind: 'refused',
    message: `Freshdesk needs an e-mail address for ${target.recipient ?? 'this target'} in the team's file.`,
  });
}

function ticketOf(thread: readonly string[]): number | undefined {
  const known = thread.map((id) => /^ticket:(\d+)/.exec(id)?.[1]).findLast((id) => id !== undefined);
  return known === undefined ? undefined : Number(known);
}

function tagOf({ incident }: OutgoingUpdate): string {
  return `daywatch-${incident}`;
}

/** Stands small under the words, so that a reply whose answer was lost is found again. */
function referenceOf({ incident, update, version }: OutgoingUpdate): string {
  return `Ref. ${incident}-${update}-${version}`;
}

function withReference(update: OutgoingUpdate): string {
  return `${htmlOf(update.body)}<p><small>${referenceOf(update)}</small></p>`;
}
