import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { RecordedCall } from '../../src/stand-ins/rest/rest-server.ts';
import { isRecord } from '../../src/stand-ins/rest/rest-server.ts';

/** A service's own OpenAPI document, against which recorded calls are held. */
export interface Contract {
  /** What is wrong with what was sent. */
  requestFaults(call: RecordedCall): string[];
  /** What is wrong with what the stand-in answered. */
  answerFaults(call: RecordedCall): string[];
}

type Json = Record<string, unknown>;

/** Where the contracts lie, if this checkout has them beside it. */
export function contractFile(name: string): string | undefined {
  const file = new URL(`../../../shared/contracts/${name}`, import.meta.url).pathname;
  return existsSync(file) ? file : undefined;
}

/** `amend` mends the points in which the document contradicts the service's own documentation. */
export function loadContract(file: string, amend: (document: Json) => void = () => {}): Contract {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
  amend(document);
  toJsonSchema(document);
  const bodies = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  const queries = new Ajv({ strict: false, coerceTypes: 'array', validateSchema: false, logger: false });
  for (const ajv of [bodies, queries]) {
    addFormats.default(ajv);
    ajv.addSchema(document, 'contract');
  }
  const compiled = new Map<string, ValidateFunction>();

  function check(ajv: Ajv, pointer: string[], value: unknown): string[] {
    const ref = `contract#/${pointer.map(escapePointer).join('/')}`;
    const key = `${ajv === queries}${ref}`;
    const validate = compiled.get(key) ?? ajv.compile({ $ref: ref });
    compiled.set(key, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(describeFault);
  }

  function operationOf(call: RecordedCall): { pointer: string[]; operation: Json } | undefined {
    const [verb = '', path = ''] = call.name.split(' ');
    const paths = document.paths as Record<string, Json>;
    const template = Object.keys(paths)
      .sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
      .find((candidate) => fits(candidate, path));
    const operation = template === undefined ? undefined : paths[template]?.[verb.toLowerCase()];
    if (template === undefined || !isRecord(operation)) return undefined;
    return { pointer: ['paths', template, verb.toLowerCase()], operation };
  }

  function resolve(node: unknown, pointer: string[]): { node: Json; pointer: string[] } {
    if (!isRecord(node)) throw new Error(`nothing at ${pointer.join('/')}`);
    if (typeof node.$ref !== 'string') return { node, pointer };
    const target = node.$ref.slice(2).split('/').map(unescapePointer);
    let found: unknown = document;
    for (const part of target) found = isRecord(found) ? found[part] : (found as unknown[])[Number(part)];
    return resolve(found, target);
  }

  function requestFaults(call: RecordedCall): string[] {
    const found = operationOf(call);
    if (found === undefined) return [`${call.name} is not in the contract`];
    const { pointer, operation } = found;
    const faults: string[] = [];
    const queryNames = new Set<string>();
    for (const [index, raw] of ((operation.parameters as unknown[]) ?? []).entries()) {
      const { node, pointer: at } = resolve(raw, [...pointer, 'parameters', String(index)]);
      const name = String(node.name);
      if (node.in === 'query') queryNames.add(name);
      if (node.in === 'path') continue;
      const value = node.in === 'header' ? call.headers[name.toLowerCase()] : call.args[name];
      if (value === undefined || (node.in === 'query' && operation.requestBody !== undefined)) {
        if (node.required === true) faults.push(`${String(node.in)} ${name} is missing`);
        continue;
      }
      // A repeated parameter may be described by the schema of one of its values.
      const isList = isRecord(node.schema) && node.schema.type === 'array';
      for (const one of Array.isArray(value) && !isList ? value : [value]) {
        faults.push(...check(queries, [...at, 'schema'], one).map((fault) => `${name}${fault}`));
      }
    }
    if (operation.requestBody === undefined) {
      const unknown = Object.keys(call.args).filter((name) => !queryNames.has(name));
      return [...faults, ...unknown.map((name) => `query ${name} is unknown`)];
    }
    const body = resolve(operation.requestBody, [...pointer, 'requestBody']).pointer;
    return [...faults, ...check(bodies, [...body, 'content', 'application/json', 'schema'], call.args)];
  }

  function answerFaults(call: RecordedCall): string[] {
    const found = operationOf(call);
    if (found === undefined) return [`${call.name} is not in the contract`];
    const responses = found.operation.responses as Json;
    const status = String(call.status);
    if (responses[status] === undefined) return [`${call.name} never answers ${status}`];
    const { node, pointer } = resolve(responses[status], [...found.pointer, 'responses', status]);
    if (!isRecord(node.content)) return [];
    return check(bodies, [...pointer, 'content', 'application/json', 'schema'], call.answer);
  }

  return { requestFaults, answerFaults };
}

/** OpenAPI 3.0 where it differs from JSON Schema: `nullable` without a type or beside an enum, boolean exclusive bounds. */
function toJsonSchema(node: unknown): void {
  if (Array.isArray(node)) for (const child of node) toJsonSchema(child);
  if (!isRecord(node)) return;
  if (node.nullable === true && typeof node.type !== 'string') delete node.nullable;
  if (node.nullable === true && Array.isArray(node.enum)) node.enum.push(null);
  for (const bound of ['exclusiveMinimum', 'exclusiveMaximum']) {
    if (typeof node[bound] === 'boolean') delete node[bound];
  }
  if (isRecord(node.discriminator)) delete node.discriminator;
  for (const child of Object.values(node)) toJsonSchema(child);
}

function fits(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
  );
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function unescapePointer(part: string): string {
  return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
}

function describeFault({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
