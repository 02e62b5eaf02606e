import { readFileSync } from 'node:fs';

export interface StaticFile {
  type: string;
  bytes: Buffer;
}

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const NAMES = [
  'index.html',
  'icon.svg',
  'base.css',
  'blocks.css',
  'composer.css',
  'forms.css',
  'messages.css',
  'page.css',
  'sidebar.css',
  'words.css',
  'api.js',
  'avatar.js',
  'blocks.js',
  'choices.js',
  'clock.js',
  'composer.js',
  'conversation.js',
  'details.js',
  'dialogs.js',
  'dom.js',
  'elements.js',
  'field-values.js',
  'files.js',
  'form.js',
  'main.js',
  'markdown.js',
  'message-actions.js',
  'message.js',
  'mrkdwn.js',
  'rich-text.js',
  'sidebar.js',
  'thread.js',
  'words.js',
] as const;

/** The page's own files by path, read at start: nothing else of the disk can be asked for. */
export function staticFiles(): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of NAMES) {
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const bytes = readFileSync(new URL(`client/${name}`, import.meta.url));
    files.set(name === 'index.html' ? '/' : `/${name}`, { type: TYPES[extension] ?? 'text/plain', bytes });
  }
  return files;
}
