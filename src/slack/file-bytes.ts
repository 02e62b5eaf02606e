import { ServiceError } from '../service-error.ts';
import type { FileFound } from '../world.ts';
import type { Call, WebSettings } from './web.ts';

interface SlackFile {
  mimetype?: string;
  filetype?: string;
  mode?: string;
  size?: number;
  is_external?: boolean;
  url_private?: string;
  url_private_download?: string;
}

/** These are pages of Slack's own and have no bytes. */
const PAGES: ReadonlySet<string> = new Set(['canvas', 'quip', 'list', 'space', 'docs']);
const GONE = ['file_not_found', 'file_deleted'];

/** The bytes of a file of a person's message, by the bot's token, which goes to Slack and nowhere else. */
export async function fileBytes(
  call: Call,
  settings: WebSettings,
  id: string,
  limits: { bytes: number; signal: AbortSignal },
): Promise<FileFound> {
  const { file } = await call<{ file?: SlackFile }>('files.info', { file: id }, { accept: GONE });
  if (!file || file.mode === 'tombstone') return { absent: 'deleted in Slack before it was fetched' };
  if (file.mode === 'hidden_by_limit') return { absent: 'Slack hides it, by the limit of its plan' };
  const url = file.url_private_download ?? file.url_private;
  if (file.is_external || file.mode === 'external' || url === undefined || !isOfSlack(url, settings)) {
    return { absent: 'it lies outside Slack' };
  }
  if (PAGES.has(file.mode ?? '') || PAGES.has(file.filetype ?? '')) {
    return { absent: 'a page of Slack’s own, which has no bytes' };
  }
  if ((file.size ?? 0) > limits.bytes) return { absent: tooLarge(limits.bytes) };
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${settings.token}` },
    signal: limits.signal,
  }).catch((error: unknown) => {
    throw trouble('unreachable', `Slack did not send the bytes of a file${reason(error)}.`);
  });
  if (answer.status === 404 || answer.status === 410) {
    return { absent: 'deleted in Slack before it was fetched' };
  }
  if (!answer.ok || answer.body === null) throw refused(answer);
  if (isPage(answer) && !isHtml(file.mimetype)) throw loginPage();
  return { bytes: pieces(answer.body, isPage(answer) ? file.size : undefined, limits.bytes) };
}

function isOfSlack(url: string, { apiUrl }: WebSettings): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && /(^|\.)slack(-files|-edge)?\.com$/.test(hostname);
}

/** A page of HTML may be a person's file, or Slack's login page: then its length is another. */
async function* pieces(
  body: ReadableStream<Uint8Array>,
  exactly: number | undefined,
  most: number,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > most)
        throw trouble('refused', `Slack sent more than it said of a file: ${tooLarge(most)}.`);
      yield piece;
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw trouble('unreachable', `Slack broke off in the middle of a file${reason(error)}.`);
  }
  if (exactly !== undefined && length !== exactly) throw loginPage();
}

function isPage(answer: Response): boolean {
  return isHtml(answer.headers.get('content-type') ?? '');
}

function isHtml(type: string | undefined): boolean {
  return /^text\/html\b/i.test(type ?? '');
}

function loginPage(): ServiceError {
  return trouble(
    'unauthorized',
    'Slack sent its login page instead of a file. The app needs the scope files:read; add it and reinstall the app.',
    'login_page',
  );
}

function refused(answer: Response): ServiceError {
  const { status } = answer;
  const what = `Slack did not send the bytes of a file (HTTP ${status}).`;
  if (status === 429) {
    const seconds = Number(answer.headers.get('retry-after'));
    return new ServiceError({
      service: 'Slack',
      kind: 'rate-limited',
      message: what,
      retryAfterMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : 10) * 1000,
    });
  }
  if (status === 401 || status === 403) return trouble('unauthorized', what, `http_${status}`);
  return trouble('unreachable', what, `http_${status}`);
}

function tooLarge(bytes: number): string {
  return `larger than ${Math.round(bytes / 1_000_000)} MB`;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : error.name;
  return typeof code === 'string' && code !== 'Error' && code !== 'TypeError' ? ` (${code})` : '';
}

function trouble(kind: ServiceError['kind'], message: string, code?: string): ServiceError {
  return new ServiceError({ service: 'Slack', kind, message, code });
}
