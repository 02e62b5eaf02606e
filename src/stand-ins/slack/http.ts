import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Faults } from '../faults.ts';
import type { World } from './acts/world.ts';
import { answerResponseUrl } from './response-urls.ts';
import type { WebApi } from './web-api.ts';

/** What a browser gets that is not logged in; a bot sees it when its token is refused. */
const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Login | Slack</title></head><body></body></html>';

interface Serving {
  world: World;
  api: WebApi;
  botToken: string;
  faults: Faults;
}

/** The addresses that the workspace answers: methods, uploads, files, `response_url`s and sockets. */
export function workspaceServer(options: Serving): Server {
  const server = createServer((request, response) => {
    route(options, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  server.on('upgrade', (request, socket, head) =>
    options.world.deliveries.socket.upgrade(request, socket, head),
  );
  return server;
}

async function route(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://loopback');
  const [, root = '', ...rest] = pathname.split('/');
  const { world, api } = serving;
  if (root === 'files-pri') return sendFile(serving, request, response, rest);
  const body = await readBody(request);
  if (root === 'api' && rest[0]) return api.handle(request, response, rest[0], body);
  if (root === 'upload' && rest[1]) return takeUpload(world, request, response, rest[1], body);
  if (root === 'response' && rest[0]) return answerResponseUrl(world, response, rest[0], body);
  response.writeHead(404).end();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function takeUpload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  ticket: string,
  body: Buffer,
): Promise<void> {
  const upload = world.state.uploads.get(ticket);
  const bytes = await uploadedBytes(request.headers['content-type'] ?? '', body);
  if (!upload || upload.isDone || bytes.length !== upload.length) {
    response.writeHead(upload ? 400 : 404, { 'Content-Type': 'text/plain' }).end('upload failed');
    return;
  }
  upload.file.bytes = bytes;
  upload.isDone = true;
  response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`OK - ${bytes.length}`);
}

/** Clients send the bytes bare or as the one field of a form. */
async function uploadedBytes(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const [field] = [...form.values()];
  if (field === undefined) return Buffer.alloc(0);
  return typeof field === 'string' ? Buffer.from(field) : Buffer.from(await field.arrayBuffer());
}

/** A fault knows this address as `files-pri`, and the file by its id. */
async function sendFile(
  { world, botToken, faults }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
  [path = '']: string[],
): Promise<void> {
  const id = path.split('-')[1] ?? '';
  const seen = { service: 'slack', name: 'files-pri', args: { file: id } } as const;
  if (await faults.strike('before', seen, request, response)) return;
  if (request.headers.authorization !== `Bearer ${botToken}`) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE);
    return;
  }
  const file = world.state.files.get(id);
  if (!file || file.deleted) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'Content-Type': file.mimetype, 'Content-Length': file.bytes.length })
    .end(file.bytes);
}
