import type { ServerResponse } from 'node:http';
import type { PageWorkspace } from './page-workspace.ts';

const GATHER_MS = 30;
const KEEP_ALIVE_MS = 15_000;

/** Tells every open page that the workspace has changed; a burst of changes is told once. */
export class Changes {
  readonly #open = new Set<ServerResponse>();
  readonly #stop: () => void;
  readonly #keepAlive: NodeJS.Timeout;
  #due: NodeJS.Timeout | undefined;

  constructor(workspace: Pick<PageWorkspace, 'onChange'>) {
    this.#stop = workspace.onChange(() => {
      this.#due ??= setTimeout(() => this.#tell(), GATHER_MS);
    });
    this.#keepAlive = setInterval(() => this.#write(': still here\n\n'), KEEP_ALIVE_MS);
    this.#keepAlive.unref();
  }

  stream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  close(): void {
    this.#stop();
    clearInterval(this.#keepAlive);
    clearTimeout(this.#due);
    for (const response of this.#open) response.end();
  }

  #tell(): void {
    this.#due = undefined;
    this.#write('event: change\ndata: {}\n\n');
  }

  #write(words: string): void {
    for (const response of this.#open) response.write(words);
  }
}
