import { AFTERWARDS_ROUTES } from './afterwards.ts';
import { ALERT_ROUTES } from './alerts.ts';
import { ENTRY_ROUTES } from './entries.ts';
import { FILE_ROUTES } from './files.ts';
import { INCIDENT_ROUTES } from './incidents.ts';
import { REPORT_ROUTES } from './reports.ts';
import type { AnyRoute } from './route.ts';
import { STATS_ROUTES } from './stats.ts';

/** Every address below `/api/v1`. A new one is a route in a file beside this one, and a name here. */
export const ROUTES: readonly AnyRoute[] = [
  ...INCIDENT_ROUTES,
  ...ENTRY_ROUTES,
  ...FILE_ROUTES,
  ...AFTERWARDS_ROUTES,
  ...REPORT_ROUTES,
  ...ALERT_ROUTES,
  ...STATS_ROUTES,
];
