import { z } from 'zod';
import { didYouMean } from './nearest-word.ts';

/** Something wrong at a place of the file. With `key` the place is the key itself and not its value. */
export interface FileProblem {
  path: readonly PropertyKey[];
  key?: boolean;
  message: string;
}

const word = z.string().optional().catch(undefined);
const words = z.array(word).catch([]);

/** Only what refers to each other, read however broken the rest is, so that all mistakes are named at once. */
const References = z.object({
  team: z
    .object({
      announcements: z.unknown().optional(),
      weekly_picture: z.object({ roster: word }).optional().catch(undefined),
    })
    .catch({}),
  people: z.array(z.object({ name: word, slack: word, pagerduty: word }).catch({})).catch([]),
  rosters: z
    .record(
      z.string(),
      z
        .object({ members: words, overrides: z.array(z.object({ person: word }).catch({})).catch([]) })
        .catch({ members: [], overrides: [] }),
    )
    .catch({}),
  severities: z
    .record(z.string(), z.object({ page_on_declare: words }).catch({ page_on_declare: [] }))
    .catch({}),
  reactions: z.record(z.string(), words).catch({}),
});
type References = z.infer<typeof References>;

/** Names that lead nowhere or stand twice. */
export function findBrokenReferences(file: unknown): FileProblem[] {
  const read = References.safeParse(file);
  if (!read.success) return [];
  return [
    ...repeatedPeople(read.data),
    ...unknownNames(read.data),
    ...repeatedReactions(read.data),
    ...pictureNowhere(read.data),
  ];
}

function pictureNowhere({ team, rosters }: References): FileProblem[] {
  if (!team.weekly_picture) return [];
  const path = ['team', 'weekly_picture'];
  const place: FileProblem[] =
    team.announcements === undefined
      ? [{ path, key: true, message: 'has nowhere to go; write `announcements: "#incidents"` beside it' }]
      : [];
  return [
    ...place,
    ...unknown(team.weekly_picture.roster, Object.keys(rosters), 'rosters', [...path, 'roster']),
  ];
}

function repeatedPeople({ people }: References): FileProblem[] {
  return (['name', 'slack', 'pagerduty'] as const).flatMap((field) =>
    repeated(people.map((person, index) => ({ word: person[field], path: ['people', index, field] }))),
  );
}

function repeatedReactions({ reactions }: References): FileProblem[] {
  return repeated(
    Object.entries(reactions).flatMap(([name, emoji]) =>
      emoji.map((one, index) => ({ word: one, path: ['reactions', name, index] })),
    ),
  );
}

function unknownNames({ people, rosters, severities }: References): FileProblem[] {
  const names = [...new Set(people.flatMap(({ name }) => name ?? []))];
  const rosterNames = Object.keys(rosters);
  const problems: FileProblem[] = [];
  for (const [roster, { members, overrides }] of Object.entries(rosters)) {
    for (const [index, member] of members.entries()) {
      problems.push(...unknown(member, names, 'people', ['rosters', roster, 'members', index]));
    }
    for (const [index, { person }] of overrides.entries()) {
      problems.push(...unknown(person, names, 'people', ['rosters', roster, 'overrides', index, 'person']));
    }
    const places = members.map((member, index) => ({
      word: member,
      path: ['rosters', roster, 'members', index],
    }));
    problems.push(...repeated(places));
  }
  for (const [severity, { page_on_declare }] of Object.entries(severities)) {
    for (const [index, roster] of page_on_declare.entries()) {
      problems.push(
        ...unknown(roster, rosterNames, 'rosters', ['severities', severity, 'page_on_declare', index]),
      );
    }
  }
  return problems;
}

function unknown(
  name: string | undefined,
  known: readonly string[],
  where: string,
  path: readonly PropertyKey[],
): FileProblem[] {
  if (name === undefined || known.includes(name)) return [];
  const allowed = known.length > 0 ? `known are ${known.join(', ')}` : `there are no ${where} in this file`;
  return [{ path, message: `is not one of the ${where}; ${allowed}${didYouMean(name, known)}` }];
}

function repeated(
  places: readonly { word: string | undefined; path: readonly PropertyKey[] }[],
): FileProblem[] {
  const seen = new Map<string, readonly PropertyKey[]>();
  const problems: FileProblem[] = [];
  for (const { word: value, path } of places) {
    if (value === undefined) continue;
    const first = seen.get(value);
    if (first)
      problems.push({
        path,
        message: `stands there already, at ${pathWords(first)}; each may be there once`,
      });
    else seen.set(value, path);
  }
  return problems;
}

/** `people[0].hours[1]` */
export function pathWords(path: readonly PropertyKey[]): string {
  let words = '';
  for (const part of path) {
    if (typeof part === 'number') words += `[${part}]`;
    else words += words === '' ? String(part) : `.${String(part)}`;
  }
  return words || 'the file';
}
