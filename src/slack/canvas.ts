import type { CanvasOutcome } from '../world.ts';
import type { Identity } from './identity.ts';
import { canvasMarkdown } from './text/for-canvas.ts';
import type { Call } from './web.ts';

interface Standing {
  file_id: string;
  is_empty?: boolean;
}

interface CanvasFile {
  user?: string;
  editors?: string[];
  last_editor?: string;
}

/**
 * Brings a text into the channel's canvas, of which there is one at most. Each try looks first whether it stands, so a
 * lost answer ends in the same one. What somebody else made or edited is left as it is.
 */
export async function writeCanvas(
  call: Call,
  { userId }: Pick<Identity, 'userId'>,
  channel: string,
  { title, markdown }: { title: string; markdown: string },
): Promise<CanvasOutcome> {
  const content = { type: 'markdown', markdown: canvasMarkdown(markdown) };
  let standing = await canvasOf(call, channel);
  if (!standing) {
    const made = await call<{ ok: boolean }>(
      'conversations.canvases.create',
      { channel_id: channel, title, document_content: content },
      { accept: ['channel_canvas_already_exists'] },
    );
    if (made.ok) return { kind: 'written' };
    standing = await canvasOf(call, channel);
    if (!standing) return { kind: 'others' };
  }
  if (!standing.is_empty) {
    const { file } = await call<{ file: CanvasFile }>('files.info', { file: standing.file_id });
    if (file.user !== userId) return { kind: 'others' };
    const by = [...(file.editors ?? []), file.last_editor ?? ''].find((id) => id !== '' && id !== userId);
    if (by !== undefined) return { kind: 'edited', by };
  }
  await call('canvases.edit', {
    canvas_id: standing.file_id,
    // Without a section it is the whole.
    changes: [{ operation: 'replace', document_content: content }],
  });
  return { kind: 'written' };
}

async function canvasOf(call: Call, channel: string): Promise<Standing | undefined> {
  const answer = await call<{ channel: { properties?: { canvas?: Standing } } }>('conversations.info', {
    channel,
  });
  const standing = answer.channel.properties?.canvas;
  return standing?.file_id ? standing : undefined;
}
