import type { KnownBlock } from '@slack/web-api';
import type { Outcome } from '../actions/change.ts';
import type { Core } from '../core.ts';
import type { PersonId } from '../domain/words.ts';
import type { Call } from './web.ts';

/** What Slack's side of a verb may use besides the core: quick calls inside Slack's three seconds. */
export interface SlackSide {
  core: Core;
  quickCall: Call;
  botUserId: string;
  /** The workspace's own address, for links to messages; empty while it is not known. */
  workspaceUrl: string;
}

/** Something a person did: a command, a button, a form. */
export interface Gesture extends SlackSide {
  person: PersonId;
  channelId: string;
  /** The same when Slack delivers the same gesture again. */
  delivery: string;
  triggerId: string;
  responseUrl?: string;
}

/** What only the person who asked sees. Markdown, or blocks that are ready. */
export interface Reply {
  text: string;
  blocks?: KnownBlock[];
  /** Takes the place of the ephemeral message whose button was pressed. */
  replace?: boolean;
}

/** An outcome in words for the person. */
export function replyOf(outcome: Outcome, otherwise = 'Done.'): Reply {
  switch (outcome.kind) {
    case 'done':
      return { text: outcome.answer ?? otherwise };
    case 'refused':
      return { text: outcome.sentence };
    case 'repeated':
      return { text: outcome.answer ?? 'That was taken already.' };
    case 'no-incident':
      return { text: NOT_HERE };
  }
}

export const NOT_HERE =
  'This is not the channel of an incident. Type it in the incident’s own channel (`/incident list` shows the open ones), or start one with `/incident declare <title>`.';
