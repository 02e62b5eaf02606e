import type { Channel, Person } from './types.ts';

const SLACK_TOKEN = /<(?:[@#!][^>\s]+(?: [^>]*)?|(?:https?|mailto):[^>\s]+(?:\|[^>]*)?)>/;
const URL_IN_TEXT = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]'"]/;

interface Directory {
  people: Iterable<Person>;
  channels: Iterable<Channel>;
}

/**
 * What people type, as Slack stores it: `&`, `<` and `>` escaped, `@name` and `#channel` as ids, bare links
 * in angle brackets. What is in Slack's own form already (`<@U0ANA>`) stays. A message knows people by id
 * only; a slash command also carries the name and leaves links as they are.
 */
export function typedText(text: string, directory: Directory, as: 'message' | 'command'): string {
  const people = new Map([...directory.people].map((person) => [person.name.toLowerCase(), person]));
  const channels = new Map([...directory.channels].map((channel) => [channel.name, channel]));
  const token = new RegExp(
    `(${SLACK_TOKEN.source})|(${URL_IN_TEXT.source})|(?<![\\w.])@([\\w.-]*\\w)|(?<!\\w)#([a-z0-9_-]+)|[&<>]`,
    'gi',
  );
  return text.replace(token, (whole, slack?: string, url?: string, at?: string, hash?: string) => {
    if (slack) return slack;
    if (url) return as === 'message' ? `<${escapeText(url)}>` : escapeText(url);
    if (at) {
      const person = people.get(at.toLowerCase());
      if (!person) return whole;
      return as === 'command' ? `<@${person.id}|${person.name}>` : `<@${person.id}>`;
    }
    if (hash) {
      const channel = channels.get(hash);
      if (!channel) return whole;
      return as === 'command' ? `<#${channel.id}|${channel.name}>` : `<#${channel.id}>`;
    }
    return escapeText(whole);
  });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
