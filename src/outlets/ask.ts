import type { z } from 'zod';
import { ServiceError, type ServiceName } from '../service-error.ts';

const DEADLINE_MS = 10_000;
/** Nothing arrived there. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface Asked {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: object;
  signal?: AbortSignal | undefined;
}

/** One HTTP call with a deadline. Answers what the schema reads of the JSON; failures are of one kind. */
export async function ask<Schema extends z.ZodType>(
  service: ServiceName,
  asked: Asked,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const response = await fetched(service, asked);
  if (!response.ok) {
    await response.body?.cancel().catch(() => {});
    throw refusal(service, asked, response);
  }
  const read = schema.safeParse(parsed(await response.text().catch(() => '')));
  if (read.success) return read.data;
  throw new ServiceError({
    service,
    kind: asked.method === 'GET' ? 'unreachable' : 'unknown-outcome',
    message: `${service} gave an answer that I cannot read.`,
    code: 'nonsense',
  });
}

async function fetched(service: ServiceName, { method, url, headers, body, signal }: Asked) {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (error) {
    const code = codeOf(error);
    const kind = NEVER_ARRIVED.has(code ?? '') ? 'unreachable' : 'unknown-outcome';
    throw new ServiceError({
      service,
      kind,
      message: `${service} did not answer${code ? ` (${code})` : ''}.`,
      code,
    });
  }
}

function refusal(service: ServiceName, { method }: Asked, { status, headers }: Response): ServiceError {
  const message = `${service} answered with HTTP ${status}.`;
  const code = `http_${status}`;
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'));
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
    return new ServiceError({ service, kind: 'rate-limited', message, retryAfterMs, code });
  }
  if (status === 401 || status === 403) {
    return new ServiceError({
      service,
      kind: 'unauthorized',
      message: `${service} does not accept the secret (HTTP ${status}).`,
      code,
    });
  }
  if (status === 404) return new ServiceError({ service, kind: 'not-found', message, code });
  const kind = status < 500 ? 'refused' : method === 'GET' ? 'unreachable' : 'unknown-outcome';
  return new ServiceError({ service, kind, message, code });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' ? 'timeout' : codeOf(error.cause);
}
