import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ErrandProblem } from '../actions/errand-problem.ts';
import type { Desk } from '../core.ts';
import { jsonObject, readBody } from '../http/body.ts';
import { isServiceError } from '../service-error.ts';
import { type Ask, doErrand, type ErrandName, isErrand } from './errands.ts';

/** Beside the lock of the data directory; whoever may read it may speak to the bot. */
export const HATCH_FILE = 'daywatch.hatch';
const MAX_BYTES = 12_000_000;

/** Where a running bot does errands for the command line, and the word that opens it. */
export interface HatchAddress {
  url: string;
  secret: string;
}

/**
 * Lets the command line work beside a bot that has the embedded database open: a loopback address whose secret stands
 * in a file that only the bot's own user reads.
 */
export async function openHatch(desk: Desk, dataDir: string): Promise<AsyncDisposable> {
  const secret = randomBytes(32).toString('hex');
  const server = createServer((request, response) => void answer(desk, secret, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const file = join(dataDir, HATCH_FILE);
  const draft = `${file}.${process.pid}`;
  const told: HatchAddress = { url: `http://127.0.0.1:${port}`, secret };
  await writeFile(draft, JSON.stringify(told), { mode: 0o600 });
  await rename(draft, file);
  return {
    async [Symbol.asyncDispose]() {
      await rm(file, { force: true });
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  desk: Desk,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  try {
    if (!isSecret(request.headers.authorization ?? '', secret)) return send(401, {});
    const name = request.url?.slice(1) ?? '';
    if (request.method !== 'POST' || !isErrand(name)) {
      const problem = `The running Daywatch knows no errand “${name}”: it is another version. Restart it.`;
      return send(404, { problem });
    }
    const body = await readBody(request, MAX_BYTES);
    const ask = body.kind === 'bytes' ? jsonObject(body.bytes) : undefined;
    if (!ask) return send(400, { problem: 'The running Daywatch could not read what was asked.' });
    // Only our own command line has the secret.
    send(200, await doErrand(desk, name, ask as unknown as Ask<ErrandName>));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ErrandProblem || isServiceError(error)) return send(422, { problem: message });
    desk.log.error({ error: message }, 'an errand of the command line failed');
    send(500, { problem: `The running Daywatch failed at it (${message}). Its log has more.` });
  }
}

function isSecret(header: string, secret: string): boolean {
  const given = Buffer.from(header);
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
