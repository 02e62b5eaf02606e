import type { Settings } from '../../config/env.ts';
import type { Team } from '../../domain/team.ts';
import { createRepository } from '../../github/repository.ts';
import { createMonitoring } from '../../google-monitoring/monitoring.ts';
import { checkMail } from '../../outlets/mail.ts';
import { createPager, type Pager } from '../../pagerduty/pager.ts';
import { isServiceError } from '../../service-error.ts';
import { amiss, asked, type Finding, off, well } from './finding.ts';

/** The token, the bot's own user, the service, and whom and what the team's file names there. */
export async function examinePagerDuty(
  pagerduty: Settings['pagerduty'],
  team: Team | undefined,
): Promise<Finding[]> {
  if (!pagerduty?.rest) {
    return [
      off('PagerDuty', 'pages go by Slack only. Set PAGERDUTY_TOKEN and PAGERDUTY_FROM to page by it.'),
    ];
  }
  const pager = createPager(pagerduty.rest);
  const mend = 'Look at PAGERDUTY_TOKEN, PAGERDUTY_FROM and PAGERDUTY_SERVICE.';
  const account = await asked('PagerDuty', mend, async () =>
    well('PagerDuty', `${(await pager.check()).replace(/^PagerDuty: /, '')}.`),
  );
  const isIn = account.every(({ state }) => state === 'well');
  const named = isIn && team ? await asked('PagerDuty', mend, () => examineNamed(pager, team)) : [];
  return [...account, ...named, webhookWords(pagerduty.webhookSecret)];
}

function webhookWords(secret: string | undefined): Finding {
  return secret === undefined
    ? off(
        'PagerDuty webhook',
        'answers given in PagerDuty are asked for every minute. Set PAGERDUTY_WEBHOOK_SECRET to hear at once.',
      )
    : well(
        'PagerDuty webhook',
        'PAGERDUTY_WEBHOOK_SECRET is set; a test from its page says in the alerts channel that it arrived.',
      );
}

/** Ids that stand in the team's file and not in PagerDuty would be found out by a page that goes nowhere. */
async function examineNamed(pager: Pager, team: Team): Promise<Finding[]> {
  const people = team.people.flatMap(({ name, pagerduty }) =>
    pagerduty === undefined ? [] : [{ name, id: pagerduty }],
  );
  const schedules = Object.entries(team.rosters).flatMap(([name, { pagerdutySchedule: id }]) =>
    id === undefined ? [] : [{ name, id }],
  );
  const found: Finding[] = [];
  for (const { name, id } of people) {
    if (!(await isThere(() => pager.emailOf(id)))) {
      found.push(
        amiss(
          'PagerDuty',
          `knows no user ${id}, who is ${name} in the team’s file. Copy the id from the end of their profile’s address.`,
        ),
      );
    } else if (await pager.isSelf(id)) {
      found.push(
        amiss(
          'PagerDuty',
          `has ${name} behind PAGERDUTY_FROM, and pages nobody for what they do themselves. Give the bot a user of its own.`,
        ),
      );
    }
  }
  for (const { name, id } of schedules) {
    if ((await pager.onCall(id)).length > 0) continue;
    found.push(
      off(
        'PagerDuty',
        `has nobody on call now on the schedule ${id}, which the roster ${name} names. If it has no gap now, copy the id from the end of its address.`,
      ),
    );
  }
  return found;
}

async function isThere(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (isServiceError(error, 'not-found')) return false;
    throw error;
  }
}

/** The ways in for alerts, and Google's own list. */
export async function examineAlertSources({ google, alertmanager }: Settings): Promise<Finding[]> {
  const ways = [
    ...(google?.webhookToken === undefined ? [] : ['Google’s webhook']),
    ...(google?.pubsub === undefined ? [] : ['Google’s Pub/Sub push']),
    ...(google?.project === undefined ? [] : ['Google’s list of alerts']),
    ...(alertmanager === undefined ? [] : ['Alertmanager']),
  ];
  const alerts =
    ways.length === 0
      ? off(
          'Alerts',
          'no source is set up. GOOGLE_WEBHOOK_TOKEN, GOOGLE_CLOUD_PROJECT or ALERTMANAGER_WEBHOOK_TOKEN opens one.',
        )
      : well('Alerts', `come by ${ways.join(', ')}.`);
  const project = google?.project;
  if (project === undefined) return [alerts];
  const mend =
    'Look at GOOGLE_CLOUD_PROJECT, and give the bot’s service account the role Monitoring Viewer there.';
  const listed = await asked('Google Cloud Monitoring', mend, async () => {
    const { endpoint } = google ?? {};
    await using monitoring = createMonitoring({ project, ...(endpoint === undefined ? {} : { endpoint }) });
    await monitoring.alertsOpenedSince(new Date(Date.now() - 60_000));
    return well('Google Cloud Monitoring', `tells the alerts of ${project}.`);
  });
  return [alerts, ...listed];
}

/** What the token may do in the repositories that the team's file names. */
export async function examineGitHub(github: Settings['github'], team: Team | undefined): Promise<Finding[]> {
  const { repository: reports, issues } = team?.report ?? {};
  const repositories = [...new Set([reports, issues?.repository].filter((name) => name !== undefined))];
  if (!github) {
    const words =
      'no issues are opened and no report is published. Set GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, for it.';
    return [
      repositories.length > 0
        ? amiss('GitHub', `the team’s file names ${repositories.join(', ')}, but ${words}`)
        : off('GitHub', words),
    ];
  }
  if (repositories.length === 0)
    return [off('GitHub', 'the team’s file names no repository under `report`.')];
  const repository = createRepository(github);
  const whom =
    github.auth.kind === 'token' ? 'Give GITHUB_TOKEN access to it' : 'Install the GitHub app there';
  const mend = `${whom}, with write rights to contents, issues and pull requests.`;
  const found = await Promise.all(
    repositories.map((name) =>
      asked('GitHub', mend, async () => {
        const told = (await repository.check(name)).replace(/^GitHub: /, '');
        return told.includes(', but ') ? amiss('GitHub', `${told}. ${mend}`) : well('GitHub', `${told}.`);
      }),
    ),
  );
  return found.flat();
}

export async function examineMail(smtp: Settings['smtp'], team: Team | undefined): Promise<Finding[]> {
  if (smtp) {
    return asked('E-mail', 'Look at SMTP_URL.', async () => {
      await checkMail(smtp.url);
      return well('E-mail', `the mail server takes messages; they come from ${smtp.from}.`);
    });
  }
  const wanted = team?.services.some(({ communities }) =>
    communities.some(({ email }) => email !== undefined),
  );
  return wanted
    ? [
        amiss(
          'E-mail',
          'the team’s file has addresses of communities, but nothing sends. Set SMTP_URL and MAIL_FROM.',
        ),
      ]
    : [off('E-mail', 'no updates by e-mail. SMTP_URL and MAIL_FROM switch it on.')];
}
