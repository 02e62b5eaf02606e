import { createHash } from 'node:crypto';
import { z } from 'zod';
import { answerBefore, together } from '../../actions/change.ts';
import { takeAlert } from '../../actions/take-alert.ts';
import type { Core } from '../../core.ts';
import type { IncomingAlert } from '../../domain/alert.ts';
import { incidentByNumber } from '../../store/incidents.ts';
import { type Once, replayed, route } from './route.ts';
import { ASKED, TOLD } from './shapes.ts';

/** An alert of any source, as it is posted to the API. */
export const AskedAlert = z
  .object({
    fingerprint: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe(
        'The same for opening, end and repeats of one alert; made of title and labels where it is left out',
      ),
    state: z.enum(['open', 'closed']).default('open'),
    title: z.string().trim().min(1).max(300).describe('A short line for a person'),
    startedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When it opened; tells one time of it from the next. Now, where it is left out'),
    endedAt: z.iso.datetime({ offset: true }).optional().describe('When it ended; now, where it is left out'),
    labels: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe('host, cluster, … by which rules and services are matched'),
    severity: z.string().min(1).max(100).optional().describe('Also a label'),
    text: z.string().max(4_000).optional().describe('The words of the source'),
    link: z.url({ protocol: /^https?$/ }).optional(),
    delaySeconds: z
      .number()
      .min(0)
      .max(31 * 86_400)
      .optional()
      .describe('How long the trouble must last before this alert opens'),
  })
  .register(ASKED, { id: 'NewAlert' });
export type AskedAlert = z.infer<typeof AskedAlert>;

const ToldTaken = z
  .object({
    fingerprint: z.string(),
    incident: z.string().optional().describe('The incident that it belongs to, such as INC-12'),
  })
  .register(TOLD, { id: 'TakenAlert' });

const postAlert = route({
  method: 'post',
  path: '/alerts',
  name: 'takeAlert',
  says: 'An alert of any source: it joins the incident that it belongs to, declares one by rule, or is offered. Repeating it changes nothing.',
  body: AskedAlert,
  answer: ToldTaken,
  status: 202,
  problems: [422],
  async handle({ core, body, once }) {
    const before = once && (await answerBefore(core.store, once.delivery));
    if (before) return replayed(before, once);
    const alert = alertAsked(body, core.store.now());
    const incident = await publicName(core, await takeAlert(core, alert));
    const { fingerprint } = alert;
    const told = { fingerprint, ...(incident === undefined ? {} : { incident }) };
    if (once) await keepAnswer(core, once, told);
    return { status: 202, body: told };
  },
});

/** Nobody outside a private incident hears that an alert is its own. */
async function publicName(core: Core, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const number = Number(name.replace('INC-', ''));
  const incident = await incidentByNumber(core.store.database.prisma, number);
  return incident?.private ? undefined : name;
}

/** An alert is taken once whatever its key, so the answer may be kept after it. */
async function keepAnswer(core: Core, { delivery, request }: Once, told: object): Promise<void> {
  const answer = { request, status: 202, body: JSON.stringify(told) };
  await together(core.store, {}, async ({ tx }) => {
    const row = { key: delivery, takenAt: core.store.now(), answer };
    await tx.delivery.createMany({ data: [row], skipDuplicates: true });
    return { kind: 'no-incident' };
  });
}

export const ALERT_ROUTES = [postAlert];

/** An alert as it was posted, with what was left out filled in. */
export function alertAsked(asked: AskedAlert, receivedAt: Date): IncomingAlert {
  const { title, state, text, link, delaySeconds, severity } = asked;
  const labels = { ...asked.labels, ...(severity === undefined ? {} : { severity }) };
  const series = `http:${asked.fingerprint ?? digestOf(title, asked.labels)}`;
  const ended = state === 'closed' ? new Date(asked.endedAt ?? receivedAt) : undefined;
  const started = asked.startedAt === undefined ? undefined : new Date(asked.startedAt);
  return {
    source: 'http',
    fingerprint: started ? `${series}@${started.getTime()}` : series,
    series,
    state,
    startedAt: started ?? ended ?? receivedAt,
    ...(started === undefined ? { startAssumed: true } : {}),
    ...(ended === undefined ? {} : { endedAt: ended }),
    title,
    labels,
    raw: text ?? title,
    ...(link === undefined ? {} : { link }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  };
}

function digestOf(title: string, labels: Record<string, string>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([title, sorted]))
    .digest('hex')
    .slice(0, 16);
}
