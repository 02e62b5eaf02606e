import { z } from 'zod';
import { type FileProblem, repeated, unknown } from './file-problem.ts';
import { mistakenRoles } from './role-references.ts';

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
  services: z
    .array(
      z
        .object({ communities: z.array(z.object({ webhook: word, email: word }).catch({})).catch([]) })
        .catch({ communities: [] }),
    )
    .catch([]),
  stakeholders: z.array(z.object({ webhook: word, email: word }).catch({})).catch([]),
  report: z.object({ webhook: word }).catch({}),
  webhooks: z.record(z.string(), z.object({ form: word, secret: word }).catch({})).catch({}),
  reactions: z.record(z.string(), words).catch({}),
  roles: z
    .record(z.string(), z.object({ aliases: words, roster: word }).catch({ aliases: [], roster: undefined }))
    .catch({}),
  start_conditions: z.array(z.union([word, z.object({ is: word }).transform(({ is }) => is)])).catch([]),
});
export type References = z.infer<typeof References>;

/** Names that lead nowhere or stand twice. */
export function findBrokenReferences(file: unknown): FileProblem[] {
  const read = References.safeParse(file);
  if (!read.success) return [];
  return [
    ...repeatedPeople(read.data),
    ...unknownNames(read.data),
    ...repeatedReactions(read.data),
    ...pictureNowhere(read.data),
    ...mistakenRoles(read.data),
    ...repeated(
      read.data.start_conditions.map((name, index) => ({ word: name, path: ['start_conditions', index] })),
    ),
    ...webhookMistakes(read.data),
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

/** Names of webhooks that lead nowhere, and tickets that could be nobody's. */
function webhookMistakes({ services, stakeholders, report, webhooks }: References): FileProblem[] {
  const recipients = [
    ...services.flatMap(({ communities }, service) =>
      communities.map((one, index) => ({ ...one, path: ['services', service, 'communities', index] })),
    ),
    ...stakeholders.map((one, index) => ({ ...one, path: ['stakeholders', index] })),
  ];
  const names = Object.keys(webhooks);
  return [
    ...unknown(report.webhook, names, 'webhooks', ['report', 'webhook']),
    ...(webhooks[report.webhook ?? '']?.form === 'freshdesk'
      ? [
          {
            path: ['report', 'webhook'],
            message: 'is of the form freshdesk; reports go to one of the form json',
          },
        ]
      : []),
    ...recipients.flatMap(({ webhook, email, path }) => [
      ...unknown(webhook, names, 'webhooks', [...path, 'webhook']),
      ...(webhooks[webhook ?? '']?.form === 'freshdesk' && email === undefined
        ? [
            {
              path: [...path, 'webhook'],
              message: 'needs an `email:` beside it: whose ticket it is in Freshdesk',
            },
          ]
        : []),
    ]),
    ...Object.entries(webhooks).flatMap(([name, { form, secret }]) =>
      form === 'freshdesk' && secret === undefined
        ? [
            {
              path: ['webhooks', name],
              key: true,
              message:
                'has no secret; write `secret: FRESHDESK_API_KEY`, the variable that holds the API key',
            },
          ]
        : [],
    ),
  ];
}
