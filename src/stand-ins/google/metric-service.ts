import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { protos } from '@google-cloud/monitoring';
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { FaultAct, Faults } from '../faults.ts';
import type { RecordedCall } from '../rest/rest-server.ts';
import { type KnownChecks, listTimeSeries } from './list-time-series.ts';
import { Refused } from './monitoring-filter.ts';

type Request = protos.google.monitoring.v3.IListTimeSeriesRequest;
type Answer = object;

const SERVICE = 'google.monitoring.v3.MetricService';

export interface MetricService {
  port: number;
  close(): Promise<void>;
}

interface Options {
  known: KnownChecks;
  now: () => number;
  calls: RecordedCall[];
  faults: Faults;
}

/** A gRPC server made from the protos that ship with Google's own client. */
export async function startMetricService({ known, now, calls, faults }: Options): Promise<MetricService> {
  const server = new Server();
  // Calls that are not answered here are refused as unimplemented.
  server.addService(serviceDefinition(), { ListTimeSeries: answer });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });

  async function answer(call: ServerUnaryCall<Request, Answer>, done: sendUnaryData<Answer>): Promise<void> {
    const name = 'ListTimeSeries';
    const args = call.request as Record<string, unknown>;
    const recorded: RecordedCall = { name, args, headers: {}, at: now(), status: 0 };
    calls.push(recorded);
    const seen = { service: 'google' as const, name, args };
    if (play(await faults.due('before', seen), done)) return;
    try {
      const answered = listTimeSeries(known, call.request, now());
      if (play(await faults.due('after', seen), done)) return;
      recorded.status = 200;
      recorded.answer = answered;
      done(null, answered);
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(status.INTERNAL, String(error));
      recorded.status = 400;
      done({ code: refused.code, details: refused.message });
    }
  }

  return {
    port,
    async close() {
      server.forceShutdown();
    },
  };
}

/** Whether the fault has dealt with the call. An `answer` of HTTP 403 is gRPC's own number for it. */
function play(act: FaultAct | undefined, done: sendUnaryData<Answer>): boolean {
  if (act === undefined || act.kind === 'delay') return false;
  if (act.kind === 'cut') done({ code: status.UNAVAILABLE, details: 'the connection was cut' });
  if (act.kind === 'answer') done({ code: NUMBERS[act.status] ?? status.UNKNOWN, details: act.body });
  return true;
}

const NUMBERS: Record<number, status> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  429: status.RESOURCE_EXHAUSTED,
  503: status.UNAVAILABLE,
};

function serviceDefinition(): ServiceDefinition {
  // `build/src/index.js` is the one file of each that may be asked for; the protos lie beside it.
  const client = createRequire(import.meta.url).resolve('@google-cloud/monitoring');
  const gax = createRequire(client).resolve('google-gax');
  const protosOf = (file: string) => join(file.slice(0, file.lastIndexOf('/build/')), 'build/protos');
  const found = loadSync('google/monitoring/v3/metric_service.proto', {
    includeDirs: [protosOf(client), protosOf(gax)],
    keepCase: false,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  })[SERVICE];
  if (found === undefined || 'format' in found) throw new Error(`the protos have no ${SERVICE}`);
  return found as ServiceDefinition;
}
