import { existsSync, readFileSync } from 'node:fs';
import type { Delivery } from '../../../src/stand-ins/slack/deliveries.ts';
import type { LoggedCall } from '../../../src/stand-ins/slack/web-api.ts';

const CONTRACTS = new URL('../../../../shared/contracts/', import.meta.url);

/** Whether the contracts of Slack lie beside the checkout. Where they do not, tests that need them skip. */
export const HAS_CONTRACTS = existsSync(new URL('slack-methods/', CONTRACTS));
export const WITHOUT_CONTRACTS = 'skipped: ../shared/contracts is not there to compare with';

interface MethodContract {
  args: Record<string, { required?: boolean }>;
  errors: Record<string, string>;
  rate_limit: { label: string };
}

/** Sent by every client that knows its team; the documentation lists it for some methods only. */
const ALWAYS_TAKEN = new Set(['team_id']);

/**
 * What Slack documents but the samples lack: menus with several choices in `block_actions`, files that are shared to a
 * private channel in the answer to an upload, and the canvas of a channel.
 */
const WIDENED =
  /^(block_actions\.actions\[\]\.selected_(options|users|conversations|channels)|files\.completeUploadExternal\.files\[\]\.shares\.private|conversations\.info\.channel\.properties\.canvas)$/;

export function methodContract(method: string): MethodContract | undefined {
  return read(`slack-methods/${method}.json`) as MethodContract | undefined;
}

export function commonErrors(): string[] {
  return Object.keys(read('slack-methods/_common-errors.json') as object);
}

/** Everything in the bot's own calls that Slack's documentation does not allow, in words. */
export function checkCallsAgainstContracts(calls: readonly Pick<LoggedCall, 'method' | 'args'>[]): string[] {
  return calls.flatMap(({ method, args }) => {
    const contract = methodContract(method);
    if (!contract) return [`${method}: no such method`];
    const unknown = Object.keys(args).filter((name) => !contract.args[name] && !ALWAYS_TAKEN.has(name));
    const missing = Object.entries(contract.args).filter(
      ([name, { required }]) => required && !(name in args),
    );
    return [
      ...unknown.map((name) => `${method}: no argument ${name}`),
      ...missing.map(([name]) => `${method}: argument ${name} is missing`),
    ];
  });
}

/** Where answers differ from Slack's samples. Wants a workspace with `keepsAnswers`. */
export function checkAnswersAgainstContracts(calls: readonly LoggedCall[]): string[] {
  return calls.flatMap(({ method, answer }) => {
    if (!answer || answer.error === 'unknown_method') return [];
    const sample = read(`slack-samples/api/${method}.json`);
    const errors = answer.ok === false ? errorProblems(method, String(answer.error)) : [];
    return [...errors, ...shapeProblems(answer, sample, method)];
  });
}

/** Where deliveries differ from Slack's samples of events and payloads. */
export function checkDeliveriesAgainstContracts(deliveries: readonly Delivery[]): string[] {
  return deliveries.flatMap(({ kind, body }) => {
    if (kind === 'command')
      return shapeProblems(body, read('slack-samples/payloads/SlashCommand.json'), 'command');
    if (kind === 'interactive') {
      const file = PAYLOADS[String(body.type)];
      return shapeProblems(body, read(`slack-samples/payloads/${file}.json`), String(body.type));
    }
    const name = eventSample(body.event as Record<string, unknown>);
    const sample = read(`slack-samples/events/${name}.json`);
    return sample ? shapeProblems(body, sample, name) : [`${name}: there is no such sample`];
  });
}

const PAYLOADS: Record<string, string> = {
  block_actions: 'BlockAction',
  message_action: 'MessageShortcut',
  view_submission: 'ViewSubmission',
  view_closed: 'ViewClosed',
};

const SUBTYPES: Record<string, string> = {
  message_changed: 'MessageChanged',
  message_deleted: 'MessageDeleted',
  bot_message: 'MessageBot',
  me_message: 'MessageMe',
};

function eventSample({ type, subtype }: Record<string, unknown>): string {
  if (type !== 'message') return pascal(String(type));
  if (subtype === undefined) return 'Message';
  return SUBTYPES[String(subtype)] ?? `Message${pascal(String(subtype))}`;
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function errorProblems(method: string, error: string): string[] {
  const known = [...Object.keys(methodContract(method)?.errors ?? {}), ...commonErrors()];
  return known.includes(error) ? [] : [`${method}: Slack does not refuse with ${error}`];
}

/**
 * Keys that the sample lacks and values of another JSON type. An empty object or list in a sample stands
 * for any content; keys that are ids stand for any id.
 */
export function shapeProblems(actual: unknown, sample: unknown, path: string): string[] {
  if (WIDENED.test(path)) return [];
  if (typeOf(actual) !== typeOf(sample)) return [`${path}: is ${typeOf(actual)}, not ${typeOf(sample)}`];
  if (Array.isArray(actual) && Array.isArray(sample)) {
    if (sample.length === 0) return [];
    return actual.flatMap((item) => shapeProblems(item, sample[0], `${path}[]`));
  }
  if (!isRecord(actual) || !isRecord(sample) || Object.keys(sample).length === 0) return [];
  const idKey = Object.keys(sample).find((key) => /^[A-Z][A-Z0-9]{7,}_?$/.test(key));
  return Object.entries(actual).flatMap(([key, value]) => {
    const inner = `${path}.${idKey ? '*' : key}`;
    if (WIDENED.test(inner)) return [];
    const expected = sample[idKey ?? key];
    return expected === undefined ? [`${path}: has no ${key}`] : shapeProblems(value, expected, inner);
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

const cache = new Map<string, unknown>();

function read(path: string): unknown {
  if (!cache.has(path)) {
    const url = new URL(path, CONTRACTS);
    cache.set(path, existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined);
  }
  return cache.get(path);
}
