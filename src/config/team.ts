import { LineCounter, parseDocument } from 'yaml';
import type { Team } from '../domain/team.ts';
import { completeTeam } from './complete-team.ts';
import { type FileProblem, pathWords } from './file-problem.ts';
import { problemsOfIssues } from './team-problems.ts';
import { findBrokenReferences } from './team-references.ts';
import { TeamFile } from './team-schema.ts';
import { positionOf } from './yaml-position.ts';

export type * from '../domain/team.ts';

/** Everything that is wrong with the team's file, each with `file:line:column`. */
export class TeamFileError extends Error {
  readonly problems: string[];

  constructor(file: string, problems: string[]) {
    const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
    super([`${file} has ${count}:`, ...problems.map((problem) => `- ${problem}`)].join('\n'));
    this.name = 'TeamFileError';
    this.problems = problems;
  }
}

/** Reads the team's file and fills in what it leaves out. `file` is its name for messages. Throws `TeamFileError`. */
export function readTeam(text: string, file: string): Team {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `${file}:${line}:${col}: this is not YAML: ${message}`;
  });
  if (broken.length > 0) throw new TeamFileError(file, broken);

  const written: unknown = document.toJS() ?? {};
  const parsed = TeamFile.safeParse(written);
  const found = [
    ...(parsed.error ? problemsOfIssues(TeamFile, parsed.error.issues, written) : []),
    ...findBrokenReferences(written),
  ];
  if (!parsed.success || found.length > 0) {
    const problems = found.map((problem) => {
      const position = positionOf(document, lines, problem.path, problem.key ? 'key' : 'value');
      return { position, sentence: `${file}:${position}: ${sentenceOf(problem)}` };
    });
    problems.sort((a, b) => a.position.localeCompare(b.position, 'en', { numeric: true }));
    throw new TeamFileError(
      file,
      problems.map(({ sentence }) => sentence),
    );
  }
  return completeTeam(parsed.data);
}

function sentenceOf({ path, key, message }: FileProblem): string {
  return key ? `\`${String(path.at(-1))}\` ${message}` : `${pathWords(path)} ${message}`;
}
