import { ServiceError } from '../service-error.ts';
import type { Posting } from '../world.ts';
import { shorten } from './text/shorten.ts';
import type { Call } from './web.ts';

const DEADLINE_MS = 15_000;
const ALT_MAX = 1_000;

export interface FileToShare {
  name: string;
  /** Made only when it has to be sent. */
  bytes: () => Promise<Uint8Array>;
  /** For those who do not see a picture. */
  alt?: string;
}

export interface FilesToShare {
  files: FileToShare[];
  /** Markup that stands above them. */
  comment?: string;
}

/**
 * Shares files in a channel as one message, in Slack's three steps. A later attempt looks for one with the first
 * file's name before.
 */
export async function shareFiles(
  call: Call,
  channel: string,
  { files, comment }: FilesToShare,
  { first, since }: Pick<Posting, 'first' | 'since'>,
): Promise<void> {
  const [named] = files;
  if (!named || (!first && (await isShared(call, channel, named.name, since)))) return;
  const uploaded = [];
  for (const file of files) uploaded.push({ id: await upload(call, file), title: file.name });
  await call('files.completeUploadExternal', {
    files: uploaded,
    channel_id: channel,
    ...(comment === undefined ? {} : { initial_comment: comment }),
  });
}

async function upload(call: Call, file: FileToShare): Promise<string> {
  const bytes = await file.bytes();
  const upload = await call<{ upload_url: string; file_id: string }>('files.getUploadURLExternal', {
    filename: file.name,
    length: bytes.length,
    ...(file.alt === undefined ? {} : { alt_txt: shorten(file.alt, ALT_MAX) }),
  });
  await send(upload.upload_url, bytes);
  return upload.file_id;
}

async function send(url: string, bytes: Uint8Array): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(() => undefined);
  if (answer?.ok) return;
  throw new ServiceError({
    service: 'Slack',
    kind: 'unknown-outcome',
    message: `Slack did not take the bytes of a file${answer ? ` (HTTP ${answer.status})` : ''}.`,
  });
}

interface History {
  messages: { files?: { name?: string }[] }[];
  response_metadata?: { next_cursor?: string };
}

async function isShared(call: Call, channel: string, name: string, since: Date): Promise<boolean> {
  const oldest = (since.getTime() / 1000).toFixed(6);
  let cursor: string | undefined;
  do {
    const page: History = await call<History>('conversations.history', {
      channel,
      oldest,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    if (page.messages.some((message) => message.files?.some((shared) => shared.name === name))) return true;
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return false;
}
