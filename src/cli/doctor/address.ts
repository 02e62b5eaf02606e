import type { Settings } from '../../config/env.ts';
import { amiss, type Finding, off, well } from './finding.ts';

const DEADLINE_MS = 5_000;

/** Whether this bot answers at the address by which people and services are to reach it. */
export async function examineAddress({ http, slack }: Settings): Promise<Finding> {
  const { publicUrl } = http;
  if (publicUrl === undefined) {
    return slack?.appToken === undefined
      ? amiss(
          'Address',
          'PUBLIC_URL is not set, so nobody can say whether Slack reaches this bot. Set it to the address that leads here, or use Socket Mode (SLACK_APP_TOKEN).',
        )
      : off('Address', 'PUBLIC_URL is not set: no webhooks, and no links to pages of the bot.');
  }
  const url = new URL('/healthz', publicUrl);
  const answer = await alive(url);
  if (answer === true) return well('Address', `the bot answers at ${publicUrl}.`);
  return amiss(
    'Address',
    `the bot does not answer at ${url} (${answer}). Start it, and see that the address leads to port ${http.port} of this machine.`,
  );
}

async function alive(url: URL): Promise<true | string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), redirect: 'manual' });
    const body: unknown = await answer.json().catch(() => {});
    if (typeof body === 'object' && body !== null && Reflect.get(body, 'status') === 'alive') return true;
    return `something else answers, with HTTP ${answer.status}`;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    if (error.name === 'TimeoutError') return 'no answer within 5 s';
    const { cause } = error;
    return cause instanceof Error ? (Reflect.get(cause, 'code') ?? cause.message) : error.message;
  }
}
