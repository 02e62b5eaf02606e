import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Changes } from './changes.ts';
import { perform, RefusedGesture } from './gestures.ts';
import { refusalOf } from './guard.ts';
import type { PageSettings } from './page-settings.ts';
import type { PageWorkspace } from './page-workspace.ts';
import { fileFor, snapshot } from './snapshot.ts';
import type { StaticFile } from './static-files.ts';

const BODY_BYTES = 256 * 1024;

/** Nothing from elsewhere, nothing inline: words that slip through the escaping still cannot act. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** A picture may be an SVG with a script inside: opened by itself, it gets no rights at all. */
const FILE_HEADERS = { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** What the answers are made from. */
export interface Desk {
  workspace: PageWorkspace;
  settings: PageSettings;
  files: ReadonlyMap<string, StaticFile>;
  changes: Changes;
  host: string;
}

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

/** Answers one request of the page. Every refusal is JSON with `error`, words for the person. */
export async function respond(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const url = new URL(request.url ?? '/', 'http://loopback');
  const refusal = refusalOf(request, desk.host);
  if (!refusal && request.method === 'GET' && url.pathname === '/api/changes') {
    desk.changes.stream(response);
    return;
  }
  const { status, type, body, headers } = refusal
    ? json(403, { error: refusal })
    : await answer(desk, request, url).catch(wordsFor);
  response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
}

async function answer(desk: Desk, request: IncomingMessage, url: URL): Promise<Answer> {
  if (request.method === 'POST' && url.pathname === '/api/gestures') {
    return json(200, await perform(desk.workspace, await readJson(request)));
  }
  return request.method === 'GET' ? answerGet(desk, url) : json(405, { error: 'This is only to be read.' });
}

function answerGet({ workspace, settings, files }: Desk, url: URL): Answer {
  const user = url.searchParams.get('user') ?? undefined;
  const file = files.get(url.pathname);
  if (file) return { status: 200, type: file.type, body: file.bytes };
  const [, root, name = '', id = ''] = url.pathname.split('/');
  switch (root === 'api' ? `api ${name}` : root) {
    case 'files':
      return rawFile(workspace, user ?? '', name);
    case 'api settings':
      return json(200, settings);
    case 'api workspace':
      return json(200, snapshot(workspace, user, url.searchParams.get('channel') ?? undefined));
    case 'api files': {
      const found = fileFor(workspace, user ?? '', id);
      return found ? json(200, found.content) : json(404, { error: 'There is no such file for you.' });
    }
    default:
      return json(404, { error: 'There is nothing here.' });
  }
}

function rawFile(workspace: PageWorkspace, user: string, id: string): Answer {
  const found = fileFor(workspace, user, id);
  if (!found) return json(404, { error: 'There is no such file for you.' });
  const { mimetype, bytes } = found.file;
  const type = mimetype.startsWith('image/') ? mimetype : 'text/plain; charset=utf-8';
  return { status: 200, type, body: bytes, headers: FILE_HEADERS };
}

function wordsFor(error: unknown): Answer {
  const words = error instanceof Error ? error.message : String(error);
  return json(error instanceof RefusedGesture ? 422 : 500, { error: words });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > BODY_BYTES) throw new RefusedGesture('That is too long to send.');
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new RefusedGesture('The page sent something that is no JSON.', { cause: error });
  }
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
