import { z } from 'zod';
import { parseMarkdown } from '../domain/markdown.ts';
import type { Arrival, OutgoingUpdate, Outlet } from '../domain/outlet.ts';
import type { AtlassianStatuspage } from '../domain/team.ts';
import { type Asked, ask } from './ask.ts';
import { plainText } from './plain-text.ts';

const STATUSES: Record<string, string> = {
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
  closed: 'resolved',
};
const IMPACTS: Record<string, string> = { sev1: 'critical', sev2: 'major', sev3: 'minor', sev4: 'none' };

const Page = z.object({
  id: z.string(),
  shortlink: z.string().optional().catch(undefined),
  metadata: z
    .object({ daywatch: z.object({ incident: z.string(), update: z.number() }).optional() })
    .optional()
    .catch(undefined),
  /** Newest first. */
  incident_updates: z.array(z.object({ id: z.string() })).catch([]),
});
type Page = z.infer<typeof Page>;

/**
 * Atlassian Statuspage: an incident there a incident here, an update of it an update. What is sent carries the
 * incident and the number of the update in its metadata, so that it is found when an answer was lost.
 */
export function createStatuspageOutlet({ page, url }: AtlassianStatuspage, key: string): Outlet {
  const base = `${url.replace(/\/+$/, '')}/v1/pages/${encodeURIComponent(page)}`;
  const call = <Schema extends z.ZodType>(
    schema: Schema,
    asked: { method: Asked['method']; path: string; body?: object },
    signal: AbortSignal | undefined,
  ) => {
    const { path, ...rest } = asked;
    const headers = { authorization: `OAuth ${key}` };
    return ask('Statuspage', { ...rest, url: `${base}/${path}`, headers, signal }, schema);
  };

  return {
    async send(update) {
      if (update.before !== undefined) return edited(update, update.before);
      const known = update.thread.at(-1)?.split('/')[0];
      const there = update.first ? undefined : await find(update, known);
      if (there && there.metadata?.daywatch?.update === Number(update.update)) return settled(update, there);
      const incident = known ?? there?.id;
      const asked =
        incident === undefined
          ? ({ method: 'POST', path: 'incidents' } as const)
          : ({ method: 'PATCH', path: `incidents/${incident}` } as const);
      return arrival(await call(Page, { ...asked, body: bodyOf(update) }, update.signal), 'sent');
    },
  };

  async function find(update: OutgoingUpdate, known: string | undefined): Promise<Page | undefined> {
    const { signal } = update;
    if (known !== undefined) return call(Page, { method: 'GET', path: `incidents/${known}` }, signal);
    const listed = await call(z.array(Page), { method: 'GET', path: 'incidents?limit=100' }, signal);
    return listed.find(({ metadata }) => metadata?.daywatch?.incident === update.incident);
  }

  /** Found from before: its words may have been corrected since. */
  async function settled(update: OutgoingUpdate, there: Page): Promise<Arrival> {
    const found = arrival(there, 'sent');
    if (update.version > 1) await edited(update, found.id);
    return found;
  }

  async function edited(update: OutgoingUpdate, before: string): Promise<Arrival> {
    const [incident, part] = before.split('/');
    const path = `incidents/${incident}/incident_updates/${part}`;
    const body = { incident_update: { body: wordsOf(update), wants_twitter_update: false } };
    await call(z.unknown(), { method: 'PATCH', path, body }, update.signal);
    return { id: before, manner: 'edited' };
  }
}

function bodyOf(update: OutgoingUpdate): object {
  return {
    incident: {
      name: update.subject,
      status: STATUSES[update.status] ?? 'investigating',
      impact_override: IMPACTS[update.severity] ?? 'none',
      body: wordsOf(update),
      metadata: { daywatch: { incident: update.incident, update: Number(update.update) } },
    },
  };
}

function wordsOf({ body }: OutgoingUpdate): string {
  return plainText(parseMarkdown(body)).trim();
}

function arrival(page: Page, manner: Arrival['manner']): Arrival {
  const url = page.shortlink === undefined ? {} : { url: page.shortlink };
  return { id: `${page.id}/${page.incident_updates[0]?.id ?? ''}`, manner, ...url };
}
