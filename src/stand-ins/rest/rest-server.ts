import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Faults, type ReceivedCall } from '../faults.ts';

/** One call that a stand-in received, with what it answered. */
export interface RecordedCall {
  /** Verb and path: `POST /incidents`. */
  name: string;
  /** The body of a write, the query of a read. */
  args: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  /** Epoch milliseconds on the stand-in's clock. */
  at: number;
  /** 0 while nothing was answered, and for good when the answer was lost. */
  status: number;
  /** What was answered, where it was JSON of the stand-in's own making. */
  answer?: unknown;
}

export interface RestRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** The named parts of the route's path, decoded. */
  params: Record<string, string>;
  /** The stand-in's own address. */
  origin: string;
}

export interface RestAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** `POST /incidents/:id/notes` and what answers it. */
export type Routes = Record<string, (request: RestRequest) => RestAnswer>;

export interface RestServerOptions {
  service: ReceivedCall['service'];
  routes: Routes;
  /** Refuses before any route: signing in, headers. */
  guard: (request: RestRequest) => RestAnswer | undefined;
  notFound: RestAnswer;
  now: () => number;
  port?: number | undefined;
}

export interface RestServer {
  url: string;
  calls: RecordedCall[];
  faults: Faults;
  close(): Promise<void>;
}

/** A service with JSON over HTTP on loopback, with its faults and a record of every call. */
export async function startRestServer(options: RestServerOptions): Promise<RestServer> {
  const calls: RecordedCall[] = [];
  const faults = new Faults();
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(incoming, origin);
    const args = isRecord(request.body) ? request.body : queryArgs(request.query);
    const name = `${request.method} ${request.path}`;
    const call: RecordedCall = { name, args, headers: request.headers, at: options.now(), status: 0 };
    calls.push(call);
    response.on('finish', () => {
      call.status = response.statusCode;
    });
    const seen: ReceivedCall = { service: options.service, name, args };
    if (await faults.strike('before', seen, incoming, response)) return;
    const answer = options.guard(request) ?? route(options, request);
    if (await faults.strike('after', seen, incoming, response)) return;
    call.status = answer.status;
    call.answer = answer.body;
    response.writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      ...answer.headers,
    });
    response.end(JSON.stringify(answer.body));
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  }

  return { url: origin, calls, faults, close };
}

async function receive(incoming: IncomingMessage, origin: string): Promise<RestRequest> {
  const url = new URL(incoming.url ?? '/', origin);
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: parseJson(Buffer.concat(chunks).toString('utf8')),
    params: {},
    origin,
  };
}

function route({ routes, notFound }: RestServerOptions, request: RestRequest): RestAnswer {
  for (const [pattern, answer] of Object.entries(routes)) {
    const params = matchRoute(pattern, request);
    if (params !== undefined) return answer({ ...request, params });
  }
  return notFound;
}

function matchRoute(pattern: string, { method, path }: RestRequest): Record<string, string> | undefined {
  const [verb, template = ''] = pattern.split(' ');
  const wanted = template.split('/');
  const given = path.split('/');
  if (verb !== method || wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** `a=1&b[]=2&b[]=3` as `{ a: '1', 'b[]': ['2', '3'] }`. */
function queryArgs(query: URLSearchParams): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const key of new Set(query.keys())) {
    args[key] = key.endsWith('[]') ? query.getAll(key) : query.get(key);
  }
  return args;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
