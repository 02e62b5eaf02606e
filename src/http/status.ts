import { type Response, Router } from 'express';
import { Feed } from 'feed';
import { type PublicIncident, publicUpdatesOf } from '../actions/public-updates.ts';
import type { Settings } from '../config/env.ts';
import type { Core } from '../core.ts';
import { htmlOf } from '../outlets/html.ts';
import { statusHtml, statusWords } from './status-html.ts';

/** How long whoever stands in between may keep it. */
const CACHED = 'public, max-age=30';
/** What XML has no way to say. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** `/status` and its feeds, for anybody: what was meant for them, and nobody's name. Off unless the team's file has it. */
export function statusPage(core: Core, settings: Settings): Router {
  const router = Router();
  const page = core.team.statusPage;
  if (!page) return router;
  const read = publicUpdatesOf(core);
  const { publicUrl, host, port } = settings.http;
  const base = (publicUrl ?? `http://${host}:${port}`).replace(/\/+$/, '');

  router.get('/status', async (_, response) => {
    // Nothing of it runs or is fetched from anywhere.
    response.set(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
    send(response, 'html', statusHtml(page, await read(), core.team.timezone));
  });
  router.get('/status/feed.atom', async (_, response) => {
    send(response, 'application/atom+xml', feedOf(await read()).atom1());
  });
  router.get('/status/feed.rss', async (_, response) => {
    send(response, 'application/rss+xml', feedOf(await read()).rss2());
  });
  return router;

  function feedOf(incidents: readonly PublicIncident[]): Feed {
    const newest = Math.max(0, ...incidents.map(({ changedAt }) => changedAt));
    const feed = new Feed({
      id: `${base}/status`,
      link: `${base}/status`,
      title: plain(page?.title ?? ''),
      ...(page?.description ? { description: plain(page.description) } : {}),
      // Of the newest word, not of the asking: the same content is the same bytes.
      updated: new Date(newest),
      generator: 'Daywatch',
      feedLinks: { atom: `${base}/status/feed.atom`, rss: `${base}/status/feed.rss` },
    });
    const items = incidents.flatMap((incident) => incident.updates.map((update) => ({ incident, update })));
    for (const { incident, update } of items.toSorted((a, b) => b.update.at - a.update.at)) {
      const link = `${base}/status#${incident.name}-${update.number}`;
      feed.addItem({
        id: link,
        link,
        title: plain(`${incident.title} (${statusWords(incident.status)})`),
        date: new Date(update.correctedAt ?? update.at),
        published: new Date(update.at),
        content: plain(htmlOf(update.body)),
      });
    }
    return feed;
  }
}

function plain(text: string): string {
  return text.replaceAll(NOT_XML, '');
}

function send(response: Response, type: string, body: string): void {
  response.set({ 'cache-control': CACHED, 'x-content-type-options': 'nosniff' });
  response.type(type).send(body);
}
