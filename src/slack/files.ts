import type { Incident } from '../domain/incident.ts';
import { ServiceError } from '../service-error.ts';
import type { Call } from './web.ts';

const DEADLINE_MS = 15_000;

/** Shares a text as a file in the incident's channel, in Slack's three steps. A later attempt looks for it first. */
export async function shareFile(
  call: Call,
  incident: Incident,
  file: { name: string; text: string },
  first: boolean,
): Promise<void> {
  const channel = incident.channel?.id;
  if (channel === undefined) return;
  if (!first && (await isShared(call, channel, file.name, incident.declaredAt))) return;
  const bytes = Buffer.from(file.text, 'utf8');
  const upload = await call<{ upload_url: string; file_id: string }>('files.getUploadURLExternal', {
    filename: file.name,
    length: bytes.length,
  });
  await send(upload.upload_url, bytes);
  await call('files.completeUploadExternal', {
    files: [{ id: upload.file_id, title: file.name }],
    channel_id: channel,
  });
}

async function send(url: string, bytes: Buffer): Promise<void> {
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

async function isShared(call: Call, channel: string, name: string, since: number): Promise<boolean> {
  const page = await call<{ messages: { files?: { name?: string }[] }[] }>('conversations.history', {
    channel,
    oldest: (since / 1000).toFixed(6),
    limit: 200,
  });
  return page.messages.some((message) => message.files?.some((shared) => shared.name === name));
}
