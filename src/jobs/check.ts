import { describedEntries } from '../actions/described-entries.ts';
import { drawChart } from '../actions/draw-chart.ts';
import { nowOf } from '../core.ts';
import { isStory } from '../domain/report/is-story.ts';
import { asTold } from '../domain/retrospective.ts';
import { looksOf, seriesOf } from '../domain/uptime/check-series.ts';
import { outageOf } from '../domain/uptime/outage.ts';
import { checkedHost, checkRead, checkWindow } from '../domain/uptime/read-check.ts';
import { DAY_MS, HOUR_MS } from '../domain/zone-offsets.ts';
import { isServiceError } from '../service-error.ts';
import { labelsOfAlerts } from '../store/alerts.ts';
import { recall, remember } from '../store/remembered.ts';
import { type Job, record, type Task } from './context.ts';

/** After that nobody waits for a chart any more. */
const GIVEN_UP_MS = 3 * DAY_MS;

/** Reads what the uptime check of a resolved incident saw. No check, no chart, and nothing is said of it. */
export const readCheck: Job<'read-check'> = async (task) => {
  const { core, incident, attempt } = task;
  const { monitoring } = core.world;
  if (!monitoring || incident.resolvedAt === undefined) return;
  const alerts = await labelsOfAlerts(core.store.database.prisma, incident.number);
  const wanted = checkedHost(incident, alerts, core.team.services);
  if (!wanted) return;
  const { entries } = await describedEntries(core, incident);
  const latest = entries.findLast(isStory)?.moment.at;
  const window = checkWindow(asTold(incident, entries), nowOf(core), latest);
  const { from, to } = window;
  try {
    const samples = await monitoring.checkSamples({
      host: wanted.host,
      from: new Date(from),
      to: new Date(to),
      signal: attempt.signal,
    });
    const looks = looksOf(samples, { ...wanted, from, to });
    if (looks.length === 0) return;
    const outage = outageOf(looks, window.incident);
    const series = seriesOf(looks, { ...wanted, from, to });
    const reading = { series, ...(outage === undefined ? {} : { outage }) };
    await record(task, (now) => checkRead(now, reading, core.team.report.timezone, nowOf(core)));
  } catch (error) {
    if (!isServiceError(error) || !error.worthRepeating) throw error;
    // A moment's trouble is not worth a word.
    if (!attempt.first) await tellThatItWaits(task);
    if (!attempt.last) throw error;
    await askLater(task);
  }
};

/** Said once an incident, however long it takes. */
async function tellThatItWaits(task: Task<'read-check'>): Promise<void> {
  const { core, incident } = task;
  const key = `chart-waits:${incident.uid}`;
  if (incident.check || (await recall(core.store, key))) return;
  await remember(core.store, key, true);
  const text =
    'Google Cloud Monitoring does not answer, so there is no chart of the uptime check yet. The report is complete without it; I keep asking, and the chart comes by itself.';
  await record(task, (now) => ({
    facts: [],
    effects: now.channel ? [{ do: 'say', notice: 'chart-waits', text }] : [],
  }));
}

async function askLater(task: Task<'read-check'>): Promise<void> {
  await record(task, ({ resolvedAt }) => {
    const at = nowOf(task.core) + HOUR_MS;
    const waits = resolvedAt !== undefined && at < resolvedAt + GIVEN_UP_MS;
    return { facts: [], effects: waits ? [{ do: 'read-check', at }] : [] };
  });
}

/** The chart as files in the channel, once an incident. */
export const shareChart: Job<'share-chart'> = async ({ core, incident, attempt }) => {
  const chart = await drawChart(core, incident);
  if (!chart || !incident.channel) return;
  const { svg, png, alt, image, vector } = chart;
  await core.world.chat.shareFiles(
    incident,
    {
      files: [
        { name: image, bytes: png, alt },
        { name: vector, bytes: async () => Buffer.from(svg), alt },
      ],
      text: chart.words,
    },
    attempt.first,
  );
};
