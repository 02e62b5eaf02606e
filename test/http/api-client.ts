import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

export const TOKEN = 'the-token-of-the-api';

interface Operation {
  operationId: string;
  requestBody?: { content: { 'application/json': { schema: object } } };
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  body: any;
}

export interface Ask {
  body?: unknown;
  key?: string;
  token?: string | null;
  raw?: string;
}

/** Speaks to the API as a program would, and holds every answer to the document that the bot serves. */
export class ApiClient {
  readonly document: Document;
  /** `get /incidents 200`: what was seen answered. */
  readonly seen = new Set<string>();
  readonly #url: () => string;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(url: () => string, document: Document) {
    this.#url = url;
    this.document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'doc', components: document.components });
  }

  static async of(url: () => string): Promise<ApiClient> {
    const answer = await fetch(`${url()}/api/v1/openapi.json`);
    expect(answer.status).toBe(200);
    return new ApiClient(url, (await answer.json()) as Document);
  }

  get = (path: string, ask: Ask = {}) => this.send('get', path, ask);
  post = (path: string, body: unknown, ask: Ask = {}) => this.send('post', path, { body, ...ask });
  patch = (path: string, body: unknown, ask: Ask = {}) => this.send('patch', path, { body, ...ask });
  delete = (path: string, body: unknown = {}, ask: Ask = {}) => this.send('delete', path, { body, ...ask });

  async send(method: string, path: string, { body, key, token = TOKEN, raw }: Ask): Promise<Answer> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(`${this.#url()}/api/v1${path}`, {
      method: method.toUpperCase(),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const type = answer.headers.get('content-type') ?? '';
    const told: unknown = type.startsWith('application/json') ? await answer.json() : await answer.text();
    this.#hold(method, path, answer.status, told);
    return { status: answer.status, headers: answer.headers, body: told };
  }

  /** The answer has a place in the document, and is what stands there. */
  #hold(method: string, path: string, status: number, told: unknown): void {
    const [template, operation] = this.#operationOf(method, path) ?? [];
    if (!operation || !template) {
      expect([404, 405, 401], `${method} ${path} is not in the document`).toContain(status);
      return;
    }
    const { content = {} } = operation.responses[status] ?? {};
    const schema = (content['application/json'] ?? content['application/octet-stream'])?.schema;
    expect(
      schema,
      `${method} ${template} has no ${status} in the document: ${JSON.stringify(told)}`,
    ).toBeDefined();
    const validate = this.#ajv.compile(rooted(schema ?? {}));
    validate(told);
    expect(validate.errors ?? [], `${method} ${template} ${status} ${JSON.stringify(told)}`).toEqual([]);
    this.seen.add(`${method} ${template} ${status}`);
  }

  #operationOf(method: string, path: string): [string, Operation] | undefined {
    const plain = path.replace(/\?.*$/, '');
    for (const [template, operations] of Object.entries(this.document.paths)) {
      const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      const operation = operations[method];
      if (pattern.test(plain) && operation) return [template, operation];
    }
    return undefined;
  }
}

/** References into the document, found in it. */
function rooted(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')) as object;
}
