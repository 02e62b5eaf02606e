import type { IncomingMessage } from 'node:http';

export type Body = { kind: 'bytes'; bytes: Buffer } | { kind: 'refused'; status: 400 | 413 };

/** The raw bytes of a request, or why they are not taken. Never keeps more than the limit in memory. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'refused', status: 413 };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > maxBytes) return { kind: 'refused', status: 413 };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'refused', status: 400 };
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}

/** A JSON object out of the bytes, or nothing. */
export function jsonObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
