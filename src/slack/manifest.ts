import { SHORTCUTS } from './ids.ts';

export const SCOPES = [
  'bookmarks:read',
  'bookmarks:write',
  'canvases:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'dnd:read',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:write',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

const EVENTS = [
  'channel_rename',
  'group_rename',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'reaction_added',
  'reaction_removed',
  'user_change',
];

/** The Slack app that this version needs: scopes, events, the command, the two shortcuts. */
export function slackManifest({
  socketMode,
  publicUrl,
}: {
  socketMode: boolean;
  publicUrl?: string;
}): object {
  const address =
    socketMode || publicUrl === undefined ? undefined : new URL('/slack/events', publicUrl).href;
  const at = address === undefined ? {} : { url: address };
  const requests = address === undefined ? {} : { request_url: address };
  return {
    display_information: {
      name: 'Daywatch',
      description: 'Incidents: the right people, a timeline that writes itself, the report.',
      background_color: '#1f3a4d',
    },
    features: {
      bot_user: { display_name: 'daywatch', always_online: true },
      slash_commands: [
        {
          command: '/incident',
          ...at,
          description: 'Declare and run an incident',
          usage_hint: 'declare sev1 LEAP hub is down | help',
          should_escape: true,
        },
      ],
      shortcuts: [
        {
          name: 'Add to timeline',
          type: 'message',
          callback_id: SHORTCUTS.addToTimeline,
          description: 'Keep this message in the incident’s timeline',
        },
        {
          name: 'Declare an incident',
          type: 'message',
          callback_id: SHORTCUTS.declare,
          description: 'This message is the first entry',
        },
      ],
    },
    oauth_config: { scopes: { bot: SCOPES } },
    settings: {
      event_subscriptions: { ...requests, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}
