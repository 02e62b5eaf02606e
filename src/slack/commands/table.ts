import { noteLook } from '../../actions/looked.ts';
import { nearestWord } from '../../config/nearest-word.ts';
import { asTyped } from '../../domain/sentence.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { menu } from '../views/menu.ts';
import { adoptCommand } from './adopt.ts';
import { actionCommand, lessonCommand } from './afterwards.ts';
import { catchUpCommand } from './catch-up.ts';
import { declareCommand, openDeclareForm } from './declare.ts';
import {
  cancelCommand,
  closeCommand,
  impactCommand,
  renameCommand,
  reopenCommand,
  resolveCommand,
  severityCommand,
  statusCommand,
} from './lifecycle.ts';
import { listCommand } from './list.ts';
import { logCommand } from './log.ts';
import { mergeCommand } from './merge.ts';
import { ackCommand, declineCommand, pageCommand } from './paging.ts';
import { reportCommand } from './report.ts';
import { reviewCommand } from './review.ts';
import { assignCommand, handoffCommand } from './roles.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { timelineCommand } from './timeline.ts';
import { updateCommand } from './update.ts';
import { whoCommand } from './who.ts';

const helpCommand: Subcommand = {
  name: 'help',
  aliases: ['?', '--help', '-h'],
  usage: ['help [command]'],
  says: 'this help',
  run: async (_, rest) => ({ text: helpFor(rest) }),
};

/** Everything that `/incident` understands, in the order of the help. */
const GROUPS: Record<string, readonly Subcommand[]> = {
  Start: [declareCommand, adoptCommand],
  Timeline: [logCommand, timelineCommand, catchUpCommand, impactCommand],
  People: [pageCommand, ackCommand, declineCommand, whoCommand, assignCommand, handoffCommand],
  'How it stands': [updateCommand, statusCommand, severityCommand, renameCommand],
  'So that it does not happen again': [actionCommand, lessonCommand],
  'The end and the report': [
    resolveCommand,
    reopenCommand,
    closeCommand,
    cancelCommand,
    mergeCommand,
    reviewCommand,
    reportCommand,
  ],
  Everywhere: [listCommand, helpCommand],
};
const SUBCOMMANDS = Object.values(GROUPS).flat();

/** Each command as one types it, and what it does. */
export function commandLines(): { line: string; says: string }[] {
  return SUBCOMMANDS.map(({ usage, says }) => ({ line: `/incident ${usage[0]}`, says }));
}

/** Answers `/incident …`. */
export async function runCommand(gesture: Gesture, text: string): Promise<Reply> {
  const { word, rest } = firstWord(text);
  if (!word) return bare(gesture);
  const subcommand = commandCalled(word);
  return subcommand ? subcommand.run(gesture, rest) : { text: notUnderstood(word) };
}

function commandCalled(word: string): Subcommand | undefined {
  const wanted = word.toLowerCase();
  return SUBCOMMANDS.find(({ name, aliases }) => name === wanted || aliases?.includes(wanted));
}

/** Outside an incident the form; inside its menu. */
async function bare(gesture: Gesture): Promise<Reply> {
  const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
  if (incident) {
    await noteLook(gesture.core, incident, gesture);
    return menu(incident, gesture.core.team);
  }
  openDeclareForm(gesture);
  return {
    text: 'The form opens. In one line: `/incident declare sev1 LEAP hub is down`. `/incident help` has the rest.',
  };
}

function notUnderstood(word: string): string {
  const nearest = nearestWord(
    word,
    SUBCOMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  );
  const meant = nearest === undefined ? undefined : commandCalled(nearest);
  const guess = meant ? ` Did you mean \`/incident ${meant.name}\`?` : '';
  return `I do not know “${asTyped(word)}”.${guess}\n\n${wholeHelp()}`;
}

function helpFor(topic: string): string {
  const { word } = firstWord(topic);
  if (!word) return wholeHelp();
  const subcommand = commandCalled(word);
  if (!subcommand) return notUnderstood(word);
  const usage = subcommand.usage.map((line) => `\`/incident ${line}\``).join('\n');
  return `${usage}\n${subcommand.says}.`;
}

function wholeHelp(): string {
  const groups = Object.entries(GROUPS).map(([title, commands]) =>
    [`**${title}**`, ...commands.map(({ usage, says }) => `\`/incident ${usage[0]}\` ${says}`)].join('\n'),
  );
  return `${groups.join('\n\n')}\n\nReact to any message: 📌 timeline · 🔨 action item · 💡 lesson · 📣 update that went out.`;
}
