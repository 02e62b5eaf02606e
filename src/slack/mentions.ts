import type { Core } from '../core.ts';
import { personIdOf } from '../domain/people.ts';
import type { PersonId } from '../domain/words.ts';

/**
 * Takes a person off the front of what was typed: a mention, or a name or handle as people type it.
 * Undefined: nobody is named there. `unknown`: somebody is named whom nobody here is called.
 */
export function takePerson(
  core: Core,
  text: string,
): { person: PersonId; rest: string } | { unknown: string } | undefined {
  const mention = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*/.exec(text);
  if (mention?.[1]) return { person: mention[1], rest: text.slice(mention[0].length) };
  const handle = /^@(\S+)\s*/.exec(text);
  if (!handle?.[1]) return undefined;
  const member = memberCalled(core, handle[1]);
  return member ? { person: personIdOf(member), rest: text.slice(handle[0].length) } : { unknown: handle[1] };
}

function memberCalled(core: Core, word: string) {
  const wanted = word.toLowerCase();
  return core.team.people.find(({ name, github, slack }) =>
    [name, name.split(' ')[0], github, slack].some((other) => other?.toLowerCase() === wanted),
  );
}
