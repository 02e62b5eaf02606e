import { gemoji } from 'gemoji';

export interface PageOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** What the workspace is called on the page. */
  title?: string;
  /** Other places worth a look, shown under the channels. */
  links?: { label: string; url: string }[];
  /** Slash commands that the box offers while one is typed: the usage line and what it does. */
  commands?: { line: string; says: string }[];
  /** The app's message shortcuts, as its manifest names them. */
  shortcuts?: { label: string; callbackId: string }[];
}

/** What the page knows once, at its start. */
export interface PageSettings {
  title: string;
  links: { label: string; url: string }[];
  commands: { line: string; says: string }[];
  shortcuts: { label: string; callbackId: string }[];
  emoji: Record<string, string>;
}

const DAYWATCH_COMMANDS: PageSettings['commands'] = [
  { line: '/incident', says: 'declare, or the menu of this incident' },
  { line: '/incident declare [sev1..sev4] [private] <title>', says: 'declare at once' },
  { line: '/incident log [when] <text>', says: 'add an entry to the timeline' },
  { line: '/incident timeline', says: 'read and mend the timeline' },
  { line: '/incident impact start|end <when>', says: 'when users were hurt' },
  { line: '/incident page [@person | tech-lead]', says: 'page somebody' },
  { line: '/incident ack', says: 'I have it' },
  { line: '/incident decline [why]', says: 'not me: the next step' },
  { line: '/incident who', says: 'who is on duty, at what local time' },
  { line: '/incident assign <role> @person', says: 'give a role' },
  { line: '/incident handoff <role> [@person]', says: 'hand a role over with a brief' },
  { line: '/incident update', says: 'tell people outside' },
  { line: '/incident status <status>', says: 'change the status' },
  { line: '/incident severity <sev>', says: 'change the severity' },
  { line: '/incident rename <title>', says: 'change the title' },
  { line: '/incident action [process|documentation|technical] <text>', says: 'an action item' },
  { line: '/incident lesson well|badly|lucky <text>', says: 'a lesson' },
  { line: '/incident resolve', says: 'resolve and make the report' },
  { line: '/incident reopen', says: 'go on with a resolved incident' },
  { line: '/incident close', says: 'close it' },
  { line: '/incident cancel', says: 'a false alarm' },
  { line: '/incident merge INC-7', says: 'this is a duplicate of another' },
  { line: '/incident report [publish|reviewed|closed]', says: 'preview or publish the report' },
  { line: '/incident catchup', says: 'what happened since you were here' },
  { line: '/incident adopt [title]', says: 'make this channel an incident' },
  { line: '/incident list', says: 'open incidents' },
  { line: '/incident help [command]', says: 'help' },
];

const DAYWATCH_SHORTCUTS: PageSettings['shortcuts'] = [
  { label: 'Add to timeline', callbackId: 'add_to_timeline' },
  { label: 'Declare an incident', callbackId: 'declare_from_message' },
];

/** Short codes that Slack has and the public list does not. */
const SLACK_EMOJI: Record<string, string> = {
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_brown_circle: '🟤',
  simple_smile: '🙂',
  thinking_face: '🤔',
  slightly_smiling_face: '🙂',
};

export function pageSettings(options: PageOptions): PageSettings {
  return {
    title: options.title ?? 'Stand-in workspace',
    links: options.links ?? [],
    commands: options.commands ?? DAYWATCH_COMMANDS,
    shortcuts: options.shortcuts ?? DAYWATCH_SHORTCUTS,
    emoji: emojiByName(),
  };
}

function emojiByName(): Record<string, string> {
  const known = gemoji.flatMap(({ names, emoji }) => names.map((name) => [name, emoji] as const));
  return { ...SLACK_EMOJI, ...Object.fromEntries(known) };
}
