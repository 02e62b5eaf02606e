import type { World } from '../acts/world.ts';
import { objects, text } from '../arguments.ts';
import { canvasProblem } from '../canvas-markdown.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { mimetypeOf } from '../shapes/file.ts';
import { isJson } from '../state.ts';
import type { Channel, Json, StoredFile } from '../types.ts';
import { type Method, TIER_2, TIER_3 } from './method.ts';

const TITLE_MAX = 255;

export const canvasMethods = {
  'conversations.canvases.create': {
    perMinute: TIER_2,
    required: ['channel_id'],
    optional: ['document_content', 'title'],
    refusals: ['restricted_action', 'channel_canvas_already_exists', 'canvas_creation_failed'],
    run(world, args) {
      const channel = world.state.channels.get(text(args, 'channel_id'));
      if (!channel || (channel.private && !channel.members.has(BOT.userId)))
        throw new Refusal('restricted_action');
      if (channel.canvas) throw new Refusal('channel_canvas_already_exists');
      const title = text(args, 'title');
      if (title.length > TITLE_MAX) throw new Refusal('canvas_creation_failed', 'the title is too long');
      const markdown =
        args.document_content === undefined
          ? ''
          : documentOf(args.document_content, 'canvas_creation_failed');
      const canvas = addCanvas(world, channel, { user: BOT.userId, title, markdown });
      return { canvas_id: canvas.id };
    },
  },
  'canvases.edit': {
    perMinute: TIER_3,
    required: ['canvas_id', 'changes'],
    optional: [],
    refusals: ['canvas_not_found', 'canvas_editing_failed'],
    run(world, args) {
      const file = world.state.files.get(text(args, 'canvas_id'));
      if (!file?.canvas || file.deleted) throw new Refusal('canvas_not_found');
      const changes = objects(args, 'changes', 'invalid_arguments') ?? [];
      const [change] = changes;
      if (!change || changes.length > 1) throw new Refusal('invalid_arguments', 'one change a call');
      if (change.operation !== 'replace' || change.section_id !== undefined)
        throw new Refusal('canvas_editing_failed', 'the stand-in replaces a whole canvas and no more');
      editCanvas(file, BOT.userId, documentOf(change.document_content, 'canvas_editing_failed'));
      return {};
    },
  },
} satisfies Record<string, Method>;

/** A canvas of a channel, made by anybody. */
export function addCanvas(
  world: World,
  channel: Channel,
  { user, title, markdown }: { user: string; title: string; markdown: string },
): StoredFile {
  const file: StoredFile = {
    id: world.state.nextId('F'),
    name: title || 'Untitled',
    title: title || 'Untitled',
    mimetype: mimetypeOf('canvas'),
    user,
    created: world.state.seconds(),
    bytes: Buffer.alloc(0),
    shares: [],
    deleted: false,
    canvas: { markdown: '', editors: [] },
  };
  world.state.files.set(file.id, file);
  channel.canvas = file.id;
  if (markdown !== '') editCanvas(file, user, markdown);
  return file;
}

export function editCanvas(file: StoredFile, user: string, markdown: string): void {
  file.bytes = Buffer.from(markdown);
  file.canvas = { markdown, editors: [...new Set([...(file.canvas?.editors ?? []), user])] };
}

function documentOf(given: unknown, error: string): string {
  const document: Json = isJson(given) ? given : {};
  if (document.type !== 'markdown' || typeof document.markdown !== 'string')
    throw new Refusal('invalid_arguments', 'document_content holds type and markdown');
  const problem = canvasProblem(document.markdown);
  if (problem !== undefined) throw new Refusal(error, problem);
  return document.markdown;
}
