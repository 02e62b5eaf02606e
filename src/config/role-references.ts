import { type FileProblem, repeated, unknown } from './file-problem.ts';
import { didYouMean } from './nearest-word.ts';
import type { References } from './team-references.ts';

/** A role is typed as one word in commands, and none of their own words. */
const ROLE_NAME = /^[a-z][a-z0-9-]{0,29}$/;
const WORDS_OF_COMMANDS = ['accept', 'decline', 'withdraw', 'stay', 'me', 'nobody', 'to', 'constructor'];
const USUAL = ['responder', 'communications', 'tech-lead', 'scribe'];

/** Roles that no command could mean, or two of one word. */
export function mistakenRoles({ roles, rosters }: References): FileProblem[] {
  const problems: FileProblem[] = [];
  for (const [name, { aliases, roster }] of Object.entries(roles)) {
    const path = ['roles', name];
    if (!ROLE_NAME.test(name) || WORDS_OF_COMMANDS.includes(name)) {
      const guess = didYouMean(name, USUAL);
      const message = `cannot be the name of a role; write lower-case letters, digits and dashes, such as customer-contact${guess}`;
      problems.push({ path, key: true, message });
    }
    for (const [index, alias] of aliases.entries()) {
      if (alias === undefined || !WORDS_OF_COMMANDS.includes(alias.toLowerCase())) continue;
      problems.push({
        path: [...path, 'aliases', index],
        message: 'means something else in commands; write another word',
      });
    }
    problems.push(...unknown(roster, Object.keys(rosters), 'rosters', [...path, 'roster']));
  }
  const named = Object.keys(roles).map((name) => ({ word: name, path: ['roles', name] }));
  const called = Object.entries(roles).flatMap(([name, { aliases }]) =>
    aliases.map((alias, index) => ({ word: alias?.toLowerCase(), path: ['roles', name, 'aliases', index] })),
  );
  return [...problems, ...repeated([...named, ...called])];
}
