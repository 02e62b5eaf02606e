import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Desk, respond } from './answers.ts';
import { Changes } from './changes.ts';
import { type PageOptions, pageSettings } from './page-settings.ts';
import type { PageWorkspace } from './page-workspace.ts';
import { staticFiles } from './static-files.ts';

export interface ServedPage {
  /** Where a browser finds it, without a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/** Opens the workspace to a person with a browser: they read, type, press and fill in as anybody in it. */
export async function servePage(workspace: PageWorkspace, options: PageOptions = {}): Promise<ServedPage> {
  const host = options.host ?? '127.0.0.1';
  const changes = new Changes(workspace);
  const desk: Desk = { workspace, settings: pageSettings(options), files: staticFiles(), changes, host };
  const server = createServer((request, response) => {
    void respond(desk, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      changes.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
