import { createTransport } from 'nodemailer';
import { parseMarkdown } from '../domain/markdown.ts';
import type { OutgoingUpdate, Outlet } from '../domain/outlet.ts';
import { ServiceError, type ServiceErrorKind } from '../service-error.ts';
import { htmlOf } from './html.ts';
import { plainText } from './plain-text.ts';

const DEADLINE_MS = 15_000;

/**
 * E-mail. A server gives no way to look what was sent, so the Message-ID is made of what the message is: a repeat
 * after a lost answer bears the same one, by which mail programs and servers know it.
 */
export function createMailOutlet({ url, from }: { url: string; from: string }): Outlet {
  return {
    async send(update) {
      const { target } = update;
      if (target.way.by !== 'mail') throw new Error('an e-mail needs an address');
      // A connection a message: updates are rare, and one that went stale would fail the next.
      const transport = transportTo(url);
      const id = messageId(update, update.version, from);
      const earlier = update.version > 1 ? messageId(update, 1, from) : update.thread.at(-1);
      const tree = parseMarkdown(update.body);
      try {
        await transport.sendMail({
          from,
          to: target.way.address,
          subject: update.subject,
          text: plainText(tree),
          html: htmlOf(update.body),
          messageId: id,
          ...(earlier === undefined ? {} : { inReplyTo: earlier, references: [...update.thread, earlier] }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Daywatch-Incident': update.name },
        });
      } catch (error) {
        throw asServiceError(error);
      } finally {
        transport.close();
      }
      const twice = update.first ? {} : ({ perhapsTwice: true } as const);
      return {
        id,
        manner: update.version > 1 && update.before !== undefined ? 'followed' : 'sent',
        ...twice,
      };
    },
  };
}

function transportTo(url: string) {
  return createTransport({
    url,
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Signs in to the server and sends nothing. Throws a ServiceError that says why that does not work. */
export async function checkMail(url: string): Promise<void> {
  const transport = transportTo(url);
  try {
    await transport.verify();
  } catch (error) {
    throw asServiceError(error);
  } finally {
    transport.close();
  }
}

function messageId({ incident, update, target }: OutgoingUpdate, version: number, from: string): string {
  const recipient = Buffer.from(target.id).toString('base64url');
  return `<daywatch.${incident}.${update}.${version}.${recipient}@${/@([^\s>]+)/.exec(from)?.[1] ?? 'daywatch'}>`;
}

/** The errors of the library hold the conversation with the server, which may hold the password. */
function asServiceError(error: unknown): ServiceError {
  const { code, command, responseCode } = (error ?? {}) as {
    code?: string;
    command?: string;
    responseCode?: number;
  };
  const reason = responseCode ?? code;
  const message = `The mail server ${WORDS[kindOf(code, command, responseCode)]}${reason ? ` (${reason})` : ''}.`;
  return new ServiceError({
    service: 'The mail server',
    kind: kindOf(code, command, responseCode),
    message,
    code: String(reason ?? ''),
  });
}

const WORDS: Record<ServiceErrorKind, string> = {
  unreachable: 'cannot be reached or asks to wait',
  'rate-limited': 'asks to wait',
  refused: 'refused the message or the address',
  unauthorized: 'does not accept the user and password of SMTP_URL',
  'unknown-outcome': 'did not say whether it took the message',
  'not-found': 'does not know the address',
};

/** Until the message's last line was sent nothing has happened; what is 4xx passes, what is 5xx stays. */
function kindOf(code?: string, command?: string, responseCode?: number): ServiceErrorKind {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'unauthorized';
  if (responseCode !== undefined) return responseCode >= 500 ? 'refused' : 'unreachable';
  if (code === 'EENVELOPE') return 'refused';
  return command === 'CONN' || code === 'EDNS' ? 'unreachable' : 'unknown-outcome';
}
