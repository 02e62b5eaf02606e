import type { Settings } from '../../config/env.ts';
import type { Team } from '../../domain/team.ts';
import { readIdentity } from '../../slack/identity.ts';
import { SCOPES } from '../../slack/manifest.ts';
import { type Call, createCall } from '../../slack/web.ts';
import { amiss, asked, type Finding, off, well } from './finding.ts';

const REINSTALL = 'Paste `daywatch manifest` into the app’s manifest, and install the app again.';

/** The token, what it may do, the way in, and the channels that the team's file names. */
export async function examineSlack(slack: Settings['slack'], team: Team | undefined): Promise<Finding[]> {
  if (!slack) return [];
  const address = slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl };
  const call = createCall({ token: slack.botToken, ...address });
  const token = await asked('Slack', MEND_TOKEN, () => examineToken(call));
  const isIn = token.every(({ state }) => state === 'well');
  const [way, channels] = await Promise.all([
    examineWayIn(slack, address),
    isIn && team ? asked('Channels', REINSTALL, () => examineChannels(call, team)) : [],
  ]);
  return [...token, ...way, ...channels];
}

const MEND_TOKEN =
  'Copy the Bot User OAuth Token into SLACK_BOT_TOKEN: it stands on the app’s page, under OAuth & Permissions.';

async function examineToken(call: Call): Promise<Finding[]> {
  const [self, answer] = await Promise.all([
    readIdentity(call),
    call<{ response_metadata?: { scopes?: string[] } }>('auth.test', {}),
  ]);
  const granted = answer.response_metadata?.scopes;
  const missing = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  const known = well('Slack', `the token works in ${self.teamName || self.teamId}.`);
  if (missing.length > 0) {
    return [known, amiss('Slack scopes', `the app may not ${missing.join(', ')}. ${REINSTALL}`)];
  }
  return granted ? [known, well('Slack scopes', 'all that are needed are granted.')] : [known];
}

async function examineWayIn(
  { appToken }: NonNullable<Settings['slack']>,
  address: { apiUrl?: string },
): Promise<Finding[]> {
  if (appToken === undefined) return [];
  const mend =
    'Make an app-level token with the scope connections:write, under Basic Information, and set SLACK_APP_TOKEN.';
  return asked('Socket Mode', mend, async () => {
    await createCall({ token: appToken, ...address })('apps.connections.open', {});
    return well('Socket Mode', 'Slack opens connections for SLACK_APP_TOKEN; no public address is needed.');
  });
}

interface Listed {
  channels: { id: string; name: string; is_member?: boolean }[];
  response_metadata?: { next_cursor?: string };
}

/** Each must be there; a public one is joined when it is needed, a private one is seen by invitation only. */
async function examineChannels(call: Call, team: Team): Promise<Finding[]> {
  const wanted = [
    ...new Set([team.announcements, team.alertsChannel].flatMap((name) => name?.replace(/^#/, '') ?? [])),
  ];
  if (wanted.length === 0) return [off('Channels', 'the team’s file names no announcements channel.')];
  const found = new Set<string>();
  for (let cursor = ''; ; ) {
    const page = await call<Listed>('conversations.list', {
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    for (const { id, name } of page.channels) found.add(id).add(name);
    cursor = page.response_metadata?.next_cursor ?? '';
    if (!cursor || wanted.every((name) => found.has(name))) break;
  }
  return wanted.map((name) =>
    found.has(name)
      ? well('Channels', `#${name} is there.`)
      : amiss(
          'Channels',
          `there is no channel #${name} that the bot can see. Make it, or invite @daywatch if it is private, or name another in the team’s file.`,
        ),
  );
}

/** Slack refuses nothing by it, but we refuse what seems older than five minutes. */
const CLOCK_MOST_MS = 30_000;
const DEADLINE_MS = 5_000;

/** This machine's clock against Slack's, to the second. */
export async function examineClock(slack: Settings['slack']): Promise<Finding> {
  const url = new URL('api.test', slack?.apiUrl ?? 'https://slack.com/api/');
  const began = Date.now();
  const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(DEADLINE_MS) }).catch(
    () => {},
  );
  await answer?.body?.cancel();
  const theirs = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(theirs))
    return off('Clock', 'Slack cannot be reached, so there is nothing to compare it with.');
  const ahead = Math.round((began - theirs) / 1_000);
  if (Math.abs(began - theirs) <= CLOCK_MOST_MS) return well('Clock', 'agrees with Slack’s.');
  return amiss(
    'Clock',
    `is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} Slack’s; from 5 min on, what Slack sends is refused. Set this machine’s clock by NTP.`,
  );
}
