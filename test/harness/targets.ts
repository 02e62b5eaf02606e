import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export type TargetName = 'mail' | 'hook' | 'freshdesk' | 'statuspage';

export interface ReceivedMail {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  inReplyTo: string | undefined;
}

interface Ticket {
  id: number;
  email: string;
  tags: string[];
  description: string;
  replies: { id: number; body: string }[];
}

interface PageIncident {
  id: string;
  name: string;
  status: string;
  metadata: object;
  incident_updates: { id: string; body: string }[];
}

/** Where updates go beside Slack: a mail server, a webhook, Freshdesk and Statuspage, as far as they are used. */
export interface Targets extends AsyncDisposable {
  mails: ReceivedMail[];
  posts: { key: string; secret: string; body: Record<string, unknown> }[];
  tickets: Ticket[];
  pages: PageIncident[];
  /** These are away: they do nothing and say so. */
  down: Set<TargetName>;
  /** These do what they are asked and their answer is lost, as long as they are in here. */
  mute: Set<TargetName>;
  /** Called whenever one of them has done something whose answer is lost. */
  onMuted: () => void;
  /** Every text that came to any of them. */
  received: string[];
  env: Record<string, string>;
  /** For the team's file. */
  yaml: string;
}

export async function startTargets(): Promise<Targets> {
  const state = {
    mails: [] as ReceivedMail[],
    posts: [] as Targets['posts'],
    tickets: [] as Ticket[],
    pages: [] as PageIncident[],
    down: new Set<TargetName>(),
    mute: new Set<TargetName>(),
    received: [] as string[],
    onMuted: () => {},
  };
  let next = 100;

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, callback) =>
      callback(state.down.has('mail') ? Object.assign(new Error('away'), { responseCode: 421 }) : undefined),
    async onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const raw = Buffer.concat(chunks);
      state.received.push(raw.toString('utf8'));
      const mail = await PostalMime.parse(raw);
      state.received.push(`${mail.subject} ${mail.text} ${mail.html}`);
      state.mails.push({
        id: mail.messageId ?? '',
        to: session.envelope.rcptTo.map(({ address }) => address),
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html ?? '',
        inReplyTo: mail.inReplyTo,
      });
      if (state.mute.has('mail')) state.onMuted();
      else callback();
    },
  });
  smtp.on('error', () => {});
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const path = new URL(request.url ?? '', url);
    const name = path.pathname.startsWith('/hook')
      ? 'hook'
      : path.pathname.startsWith('/api/v2')
        ? 'freshdesk'
        : 'statuspage';
    state.received.push(`${path.href} ${text}`);
    if (state.down.has(name)) return void response.writeHead(503).end();
    const body: unknown = text ? JSON.parse(text) : {};
    const answered = ROUTES[name](request, path, body as Record<string, never>);
    if (state.mute.has(name) && request.method !== 'GET') return state.onMuted();
    if (answered === undefined) return void response.writeHead(404).end();
    if (answered === 401) return void response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  }

  const ROUTES = { hook, freshdesk, statuspage };

  function hook(request: IncomingMessage, _path: URL, body: Record<string, unknown>): unknown {
    const { 'idempotency-key': key, 'x-token': secret } = request.headers;
    if (secret !== 'secret-of-the-hook') return 401;
    state.posts.push({ key: String(key), secret: String(secret), body });
    return { id: `post-${state.posts.length}` };
  }

  function freshdesk(request: IncomingMessage, path: URL, body: Record<string, never>): unknown {
    const [, user] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (Buffer.from(user ?? '', 'base64').toString() !== 'key-of-freshdesk:X') return 401;
    const [, , , , id, part] = path.pathname.split('/');
    const ticket = state.tickets.find((one) => one.id === Number(id));
    const told = (one: Ticket) => ({ id: one.id, tags: one.tags, description_text: words(one.description) });
    if (request.method === 'POST' && id === undefined) {
      next += 1;
      const made = { id: next, replies: [], ...(body as object) } as unknown as Ticket;
      state.tickets.push(made);
      return told(made);
    }
    if (id === undefined) {
      return state.tickets.filter((one) => one.email === path.searchParams.get('email')).map(told);
    }
    if (!ticket) return undefined;
    if (request.method === 'POST' && part === 'reply') {
      next += 1;
      ticket.replies.push({ id: next, body: String(body.body) });
      return { id: next, body_text: words(String(body.body)), ticket_id: ticket.id };
    }
    if (part === 'conversations')
      return ticket.replies.map((reply) => ({ id: reply.id, body_text: words(reply.body) }));
    return told(ticket);
  }

  function statuspage(request: IncomingMessage, path: URL, body: Record<string, never>): unknown {
    if (request.headers.authorization !== 'OAuth key-of-statuspage') return 401;
    const [, , , page, kind, id, , part] = path.pathname.split('/');
    if (page !== 'PAGE1' || kind !== 'incidents') return undefined;
    const known = state.pages.find((one) => one.id === id);
    const given = (body as unknown as { incident?: Omit<PageIncident, 'id'> & { body: string } }).incident;
    if (request.method === 'GET') return id === undefined ? state.pages : known;
    if (part !== undefined) {
      const update = known?.incident_updates.find((one) => one.id === part);
      if (!update) return undefined;
      update.body = (body as unknown as { incident_update: { body: string } }).incident_update.body;
      return update;
    }
    if (!given) return undefined;
    next += 1;
    const incident = known ?? { id: `inc${next}`, name: '', status: '', metadata: {}, incident_updates: [] };
    if (!known) state.pages.unshift(incident);
    const { body: told, ...rest } = given;
    Object.assign(incident, rest);
    incident.incident_updates.unshift({ id: `up${next}`, body: told });
    return { ...incident, shortlink: `https://stspg.io/${incident.id}` };
  }

  return Object.assign(state, {
    env: {
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      MAIL_FROM: 'daywatch@example.org',
      HOOK_SECRET: 'secret-of-the-hook',
      FRESHDESK_API_KEY: 'key-of-freshdesk',
      STATUSPAGE_API_KEY: 'key-of-statuspage',
    },
    yaml: `
webhooks:
  hook: { url: "${url}/hook", secret: HOOK_SECRET, header: X-Token }
  freshdesk: { url: "${url}", form: freshdesk, secret: FRESHDESK_API_KEY }
atlassian_statuspage: { page: PAGE1, secret: STATUSPAGE_API_KEY, url: "${url}" }
`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      const closed = Promise.withResolvers<void>();
      smtp.close(() => closed.resolve());
      await Promise.race([closed.promise, once(smtp.server, 'close').catch(() => {})]);
    },
  });
}

function words(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
