import { familyOf } from './family.ts';

/** What the title tells by which PagerDuty relays a group of Alertmanager's. */
export interface RelayedGroup {
  title: string;
  labels: Record<string, string>;
  /** Its alerts, told by Alertmanager itself, have the same. */
  family?: string;
}

/** Longer ones are something else. */
const TEXT_MAX = 8_000;

/**
 * `[FIRING:1] Servers fail to start cluster=leap hub=prod (provider=aws immediate action needed)`: the words, labels
 * written as `key=value`, and in the last parenthesis the severity. Undefined for any other text.
 */
export function parseRelayedGroup(text: string): RelayedGroup | undefined {
  if (text.length > TEXT_MAX) return undefined;
  const [, body] = /^\s*\[(?:FIRING(?::\d+)?|RESOLVED(?::\d+)?)\]\s*([\s\S]+)$/.exec(text) ?? [];
  if (body === undefined) return undefined;
  const [, before = body, inside = ''] = /^([\s\S]*)\(([^()]*)\)\s*$/.exec(body.trim()) ?? [];
  const [words, outer] = withoutLabels(before);
  const [severity, inner] = withoutLabels(inside);
  const family = familyOf([before]);
  return {
    title: words || body.trim(),
    labels: { ...outer, ...inner, ...(severity ? { severity } : {}) },
    ...(family === undefined ? {} : { family }),
  };
}

function withoutLabels(text: string): [string, Record<string, string>] {
  const labels: Record<string, string> = {};
  const words = text.replaceAll(/(?<=^|\s)([A-Za-z_]\w*)=(\S+)/g, (_, key: string, value: string) => {
    labels[key] = value;
    return '';
  });
  return [words.replaceAll(/\s+/g, ' ').trim(), labels];
}
