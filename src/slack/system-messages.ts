/** What Slack writes about the channel itself: nobody's words. */
const SYSTEM =
  /^(channel_|group_|pinned_item|unpinned_item|bot_add|bot_remove|reminder_add|tombstone|message_replied)/;

export function isSystemMessage(subtype: string): boolean {
  return SYSTEM.test(subtype);
}
