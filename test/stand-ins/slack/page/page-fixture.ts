import { type IncomingHttpHeaders, request } from 'node:http';
import { servePage } from '../../../../src/stand-ins/slack/page/serve-page.ts';
import type { Snapshot } from '../../../../src/stand-ins/slack/page/snapshot.ts';
import { clientOf, ListeningBot, openWorkspace } from '../workspace-fixture.ts';

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A workspace with a bot behind it and its page in front of it. */
export async function openPage() {
  const slack = await openWorkspace();
  const bot = new ListeningBot();
  slack.deliverTo(await bot.listen());
  const page = await servePage(slack, {
    title: 'A team',
    links: [{ label: 'Report', url: 'http://127.0.0.1/r' }],
  });
  const web = clientOf(slack);
  const { host, origin } = new URL(page.url);

  async function see(user: string, channel = ''): Promise<Snapshot> {
    const answer = await ask(page.url, `/api/workspace?user=${user}&channel=${channel}`);
    return JSON.parse(answer.text);
  }

  return {
    slack,
    bot,
    web,
    page,
    host,
    see,
    read: (path: string, headers: Record<string, string> = {}) => ask(page.url, path, { headers }),
    /** What the page itself sends when somebody does something; `headers` replaces its own. */
    act: (gesture: object | string, headers: Record<string, string> = {}) =>
      ask(page.url, '/api/gestures', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', ...headers },
        body: typeof gesture === 'string' ? gesture : JSON.stringify(gesture),
      }),
    async close() {
      await page.close();
      await slack.close();
      await bot.close();
    },
  };
}

/** Unlike `fetch` it can lie about the host. */
function ask(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url + path,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(options.body);
  });
}
