/** Who the bot is in the stand-in workspace. Ids look like Slack's and never change, so runs repeat. */
export const TEAM = { id: 'TDAYWATCH', name: 'Stand-in', domain: 'stand-in' } as const;
export const BOT = { userId: 'UDAYWATCH', botId: 'BDAYWATCH', appId: 'ADAYWATCH', name: 'daywatch' } as const;

/** The old verification token that Slack still puts into every body. */
export const VERIFICATION_TOKEN = 'stand-in-verification-token';

/** The address by which people know the workspace; permanent links start with it. */
export const WORKSPACE_URL = `https://${TEAM.domain}.slack.com/`;
