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
  /** Markup that stands above it. */
  comment?: string;
}

/** Shares a file in a channel, in Slack's three steps. A later attempt looks for one of that name first. */
export async function shareFile(
  call: Call,
  channel: string,
  file: FileToShare,
  { first, since }: Pick<Posting, 'first' | 'since'>,
): Promise<void> {
  if (!first && (await isShared(call, channel, file.name, since))) return;
  const bytes = await file.bytes();
  const upload = await call<{ upload_url: string; file_id: string }>('files.getUploadURLExternal', {
    filename: file.name,
    length: bytes.length,
    ...(file.alt === undefined ? {} : { alt_txt: shorten(file.alt, ALT_MAX) }),
  });
  await send(upload.upload_url, bytes);
  await call('files.completeUploadExternal', {
    files: [{ id: upload.file_id, title: file.name }],
    channel_id: channel,
    ...(file.comment === undefined ? {} : { initial_comment: file.comment }),
  });
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
