import { z } from 'zod';

/** How the value of one variable is read; the text of a refusal says what is allowed. */

/** A secret: what was typed never comes back in a message. */
export function secret(): z.ZodString {
  return z.string();
}

/** A secret with a prefix by which its kind is known. */
export function tokenWithPrefix(prefix: string, where: string): z.ZodString {
  return z
    .string()
    .startsWith(prefix, `does not look right; it starts with ${prefix} and stands in ${where}`);
}

export const portNumber = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
    error: (issue) => `is ${quoted(issue.input)}; allowed are whole numbers from 0 (any free port) to 65535`,
  })
  .transform(Number);

export const megabytes = z
  .string()
  .refine((text) => /^\d{1,4}$/.test(text), {
    error: (issue) =>
      `is ${quoted(issue.input)}; allowed are whole numbers of megabytes from 0 to 9999, such as 50`,
  })
  .transform(Number);

/** An http(s) address without a trailing slash; with `path: false` it must have no path. */
export function webAddress(path: boolean, example: string): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => isAddress(text, ['http:', 'https:']) && (path || new URL(text).pathname === '/'), {
      error: (issue) =>
        `is ${quoted(issue.input)}; allowed is an http or https address${path ? '' : ' without a path'}, such as ${example}`,
    })
    .transform((text) => text.replace(/\/+$/, ''));
}

export const slackApiAddress = z
  .string()
  .refine((text) => isAddress(text, ['http:', 'https:']) && text.endsWith('/api/'), {
    error: (issue) =>
      `is ${quoted(issue.input)}; allowed is an http or https address that ends in /api/, such as https://slack.com/api/`,
  });

/** An address that may hold a password, so it is not repeated. */
export function serverAddress(schemes: readonly string[], example: string): z.ZodType<string, string> {
  return z.string().refine((text) => isAddress(text, schemes), {
    error: `is not an address of the right kind; write it like ${example}`,
  });
}

export const mailAddress = z
  .string()
  .regex(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$|^[^<>]*<[^\s@<>]+@[^\s@<>]+>$/, {
    error: (issue) => `is ${quoted(issue.input)}; allowed is an e-mail address`,
  });

/** `host:port`, an IPv6 host in brackets. */
export const hostAndPort = z
  .string()
  .refine(
    (text) => Number(text.match(/^(?:[\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5})$/)?.[1] ?? Number.NaN) <= 65_535,
    {
      error: (issue) =>
        `is ${quoted(issue.input)}; allowed is host:port, such as monitoring.googleapis.com:443`,
    },
  );

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const logLevel = z.enum(LOG_LEVELS, {
  error: (issue) => `is ${quoted(issue.input)}; allowed are ${LOG_LEVELS.join(', ')}`,
});

export const wholeNumber = z.string().regex(/^\d+$/, {
  error: (issue) => `is ${quoted(issue.input)}; allowed is a whole number`,
});

/** A PEM key as environments carry it, with its line ends written as `\n`. */
export const privateKey = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine((text) => text.includes('PRIVATE KEY-----'), {
    error: 'is not a PEM private key; paste the whole file that GitHub gave, its line ends as \\n',
  });

function isAddress(text: string, schemes: readonly string[]): boolean {
  const url = URL.parse(text);
  return url !== null && schemes.includes(url.protocol) && url.hostname !== '';
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}
