import { apiAddress } from './address.ts';
import { type AlertsList, createAlertsList } from './alerts-list.ts';
import { type CheckReader, createCheckReader } from './check-samples.ts';
import { createRest } from './rest.ts';

/** What is asked of Google Cloud Monitoring. Every method only reads, and throws only ServiceErrors. */
export interface Monitoring extends AsyncDisposable {
  /** Alerts that opened since then, with their ends, newest first. */
  alertsOpenedSince: AlertsList['openedSince'];
  alert: AlertsList['byFingerprint'];
  /** Every look of every uptime check of a host. */
  checkSamples: CheckReader['read'];
}

/** With Application Default Credentials; `endpoint` is another address as `host:port`. */
export function createMonitoring(options: { project: string; endpoint?: string }): Monitoring {
  const address = apiAddress(options.endpoint);
  const alerts = createAlertsList(options.project, createRest(address));
  const checks = createCheckReader(options.project, address);
  return {
    alertsOpenedSince: alerts.openedSince,
    alert: alerts.byFingerprint,
    checkSamples: checks.read,
    [Symbol.asyncDispose]: () => checks[Symbol.asyncDispose](),
  };
}
