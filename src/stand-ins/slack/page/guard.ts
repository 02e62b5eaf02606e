import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Why a request must not be answered, or nothing. A foreign Host header is how another site reads a page on
 * loopback (DNS rebinding); a foreign Origin is how it presses its buttons (cross-site request forgery).
 */
export function refusalOf(request: IncomingMessage, ownHost: string): string | undefined {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  if (!LOOPBACK.has(name) && name !== ownHost) return `This page does not answer to the name ${name}.`;
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (request.headers.origin !== `http://${host}`) return 'Only the page itself may do this.';
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return 'Send JSON.';
  return undefined;
}
