import type { Call } from './web.ts';

/** Who the bot is in its workspace. */
export interface Identity {
  userId: string;
  botId: string;
  teamId: string;
  teamName: string;
  /** The workspace's address, for links to messages. */
  url: string;
}

export async function readIdentity(call: Call): Promise<Identity> {
  const answer = await call<{
    user_id: string;
    bot_id?: string;
    team_id: string;
    team?: string;
    url?: string;
  }>('auth.test', {});
  return {
    userId: answer.user_id,
    botId: answer.bot_id ?? '',
    teamId: answer.team_id,
    teamName: answer.team ?? '',
    url: answer.url ?? '',
  };
}
