import type { protos } from '@google-cloud/monitoring';
import { status } from '@grpc/grpc-js';
import { invalid, Refused, readFilter } from './monitoring-filter.ts';
import { looksFrom, type UptimeCheck } from './uptime-checks.ts';

const CHECK_PASSED = 'monitoring.googleapis.com/uptime_check/check_passed';
const MAX_PAGE = 100_000;

export interface KnownChecks {
  project: string;
  checks: readonly UptimeCheck[];
}

type Request = protos.google.monitoring.v3.IListTimeSeriesRequest;

/**
 * `MetricService.ListTimeSeries` for the looks of uptime checks: one BOOL series a place, newest points first, points
 * counted by pages. It refuses what Google refuses; aligning it does not know.
 */
export function listTimeSeries(known: KnownChecks, request: Request, now: number): object {
  const project = /^projects\/([^/]+)$/.exec(request.name ?? '')?.[1];
  if (project === undefined) throw invalid('name must be projects/[PROJECT_ID_OR_NUMBER]');
  if (project !== known.project)
    throw new Refused(status.PERMISSION_DENIED, `Permission monitoring.timeSeries.list denied on ${project}`);
  const terms = readFilter(request.filter ?? '');
  const interval = readInterval(request.interval);
  refuseAligning(request.aggregation);
  const { size, skip } = readPage(request);
  const found = known.checks
    .filter((check) => fits(check, terms))
    .flatMap((check) => check.places.map((place) => seriesOf(check, place, terms, interval, now)))
    .filter((series) => series.points.length > 0);
  const headersOnly = request.view === 'HEADERS';
  const page = pageOf(found, skip, size);
  return {
    timeSeries: page.series.map((one) => (headersOnly ? { ...one, points: [] } : one)),
    nextPageToken: page.next === undefined ? '' : `points-${page.next}`,
    unit: '',
  };
}

interface Interval {
  from: number;
  to: number;
}

function readInterval(interval: Request['interval']): Interval {
  const to = interval?.endTime?.seconds;
  if (to === undefined || to === null) throw invalid('interval.end_time is required');
  const from = interval?.startTime?.seconds ?? to;
  if (Number(from) > Number(to))
    throw invalid('interval.start_time must not be later than interval.end_time');
  return { from: Number(from), to: Number(to) };
}

function refuseAligning(aggregation: Request['aggregation']): void {
  const { perSeriesAligner = 'ALIGN_NONE', crossSeriesReducer = 'REDUCE_NONE' } = aggregation ?? {};
  if (perSeriesAligner === 'ALIGN_NONE') {
    if (crossSeriesReducer !== 'REDUCE_NONE') throw invalid('crossSeriesReducer needs a perSeriesAligner');
    return;
  }
  if (['ALIGN_MEAN', 'ALIGN_MIN', 'ALIGN_MAX', 'ALIGN_SUM'].includes(String(perSeriesAligner)))
    throw invalid(`${perSeriesAligner} cannot be applied to metrics with value type BOOL`);
  throw new Refused(status.UNIMPLEMENTED, 'this stand-in does not align');
}

function readPage({ pageSize, pageToken }: Request): { size: number; skip: number } {
  if ((pageSize ?? 0) < 0) throw invalid('page_size must not be negative');
  const size = pageSize ? Math.min(pageSize, MAX_PAGE) : MAX_PAGE;
  if (!pageToken) return { size, skip: 0 };
  const skip = /^points-(\d+)$/.exec(pageToken)?.[1];
  if (skip === undefined) throw invalid('page_token is none that was given out');
  return { size, skip: Number(skip) };
}

function fits({ host, checkId, project }: UptimeCheck, terms: Map<string, string>): boolean {
  const own: Record<string, string> = {
    'metric.type': CHECK_PASSED,
    'resource.type': 'uptime_url',
    'resource.labels.host': host,
    'resource.labels.project_id': project,
    'metric.labels.check_id': checkId,
  };
  return [...terms].every(
    ([field, value]) => field === 'metric.labels.checker_location' || own[field] === value,
  );
}

interface Series {
  points: object[];
}

function seriesOf(
  { project, host, checkId, ...check }: UptimeCheck,
  place: UptimeCheck['places'][number],
  terms: Map<string, string>,
  { from, to }: Interval,
  now: number,
): Series {
  const wanted = terms.get('metric.labels.checker_location') ?? place.name;
  // What has not happened yet was not looked at.
  const until = Math.min(to, Math.floor(now / 1000));
  const looks =
    wanted === place.name ? looksFrom({ project, host, checkId, ...check }, place, { from, to: until }) : [];
  const series = {
    metric: { type: CHECK_PASSED, labels: { check_id: checkId, checker_location: place.name } },
    resource: { type: 'uptime_url', labels: { project_id: project, host } },
    metricKind: 'GAUGE',
    valueType: 'BOOL',
    points: looks.map(({ at, passed }) => ({
      interval: { startTime: { seconds: at }, endTime: { seconds: at } },
      value: { boolValue: passed },
    })),
  };
  return series;
}

/** A page holds so many points; a series that is cut goes on in the next one. */
function pageOf(all: readonly Series[], skip: number, size: number): { series: Series[]; next?: number } {
  const page: Series[] = [];
  let position = 0;
  for (const one of all) {
    const from = Math.max(0, skip - position);
    const to = Math.min(one.points.length, skip + size - position);
    if (from < to) page.push({ ...one, points: one.points.slice(from, to) });
    position += one.points.length;
  }
  return position > skip + size ? { series: page, next: skip + size } : { series: page };
}
