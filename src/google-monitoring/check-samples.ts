import type { MetricServiceClient, protos } from '@google-cloud/monitoring';
import type { CheckSample } from '../domain/uptime/check-series.ts';
import type { ApiAddress } from './address.ts';
import { grpcTrouble } from './google-error.ts';

const WHAT = 'the time series of the uptime check';
const DEADLINE_MS = 15_000;
const PAGE = 10_000;
/** A day of a check every minute from six places is less than one page. */
const MAX_PAGES = 40;

/** Which looks are asked for. */
export interface SamplesWanted {
  host: string;
  from: Date;
  to: Date;
  signal?: AbortSignal;
}

export interface CheckReader extends AsyncDisposable {
  read(wanted: SamplesWanted): Promise<CheckSample[]>;
}

/** Reads what uptime checks saw, every look from every place. */
export function createCheckReader(project: string, address: ApiAddress): CheckReader {
  let opened: Promise<MetricServiceClient> | undefined;

  async function closeClient(): Promise<void> {
    const closing = opened;
    opened = undefined;
    await closing?.then((client) => client.close()).catch(() => {});
  }

  return {
    async read(wanted) {
      opened ??= openClient(project, address);
      try {
        return await readAll(await opened, project, wanted);
      } catch (error) {
        // Its channel would keep away for ever longer after a failure; the next attempt has one of its own.
        await closeClient();
        throw grpcTrouble(WHAT, error);
      }
    },
    [Symbol.asyncDispose]: closeClient,
  };
}

/** Loaded when the first series is read: a start should not wait half a second for it. */
async function openClient(project: string, address: ApiAddress): Promise<MetricServiceClient> {
  const { MetricServiceClient } = await import('@google-cloud/monitoring');
  return new MetricServiceClient({
    apiEndpoint: address.host,
    port: address.port,
    projectId: project,
    ...(address.loopback ? await withoutCredentials() : {}),
  });
}

/** A client that is told of no credentials looks for some, and asks the machine's own network for them. */
async function withoutCredentials() {
  const [{ credentials }, { PassThroughClient }] = await Promise.all([
    import('@grpc/grpc-js'),
    import('google-auth-library'),
  ]);
  return { sslCreds: credentials.createInsecure(), authClient: new PassThroughClient() };
}

async function readAll(
  client: MetricServiceClient,
  project: string,
  { host, from, to, signal }: SamplesWanted,
): Promise<CheckSample[]> {
  const samples: CheckSample[] = [];
  let pageToken = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    signal?.throwIfAborted();
    const [series, , response] = await client.listTimeSeries(
      {
        name: `projects/${project}`,
        filter: filterFor(host),
        interval: { startTime: timestamp(from), endTime: timestamp(to) },
        view: 'FULL',
        pageSize: PAGE,
        pageToken,
      },
      { autoPaginate: false, timeout: DEADLINE_MS, retry: null },
    );
    for (const one of series) samples.push(...samplesOf(one));
    pageToken = response?.nextPageToken ?? '';
    if (pageToken === '') break;
  }
  return samples;
}

/** The host comes from people and alerts, so it is quoted as the filter's grammar wants it. */
function filterFor(host: string): string {
  const quoted = `"${host.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return [
    'metric.type = "monitoring.googleapis.com/uptime_check/check_passed"',
    'resource.type = "uptime_url"',
    `resource.labels.host = ${quoted}`,
  ].join(' AND ');
}

function timestamp(at: Date): { seconds: number; nanos: number } {
  return { seconds: Math.floor(at.getTime() / 1000), nanos: (at.getTime() % 1000) * 1_000_000 };
}

function samplesOf({ metric, points }: protos.google.monitoring.v3.ITimeSeries): CheckSample[] {
  const { check_id: check = '', checker_location: place = 'one place' } = metric?.labels ?? {};
  return (points ?? []).flatMap(({ interval, value }) => {
    const end = interval?.endTime;
    if (end?.seconds === undefined || end.seconds === null || typeof value?.boolValue !== 'boolean')
      return [];
    const at = Number(end.seconds) * 1000 + Math.floor((end.nanos ?? 0) / 1_000_000);
    return [{ check, place, at, passed: value.boolValue }];
  });
}
