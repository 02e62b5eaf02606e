/** An alert of an uptime check, with the fields a test or the demo may want to say. */
export interface UptimeAlert {
  incidentId: string;
  state: 'open' | 'closed';
  project: string;
  host: string;
  cluster: string;
  startedAt: Date;
  endedAt?: Date;
  /** How long the check must fail before the alert opens. */
  durationSeconds: number;
  severity: 'Critical' | 'Error' | 'Warning' | 'No severity';
}

const CONDITION = 'Simple Health Check Endpoint';

/** The body of a webhook channel, version 1.2. */
export function notificationBody(alert: UptimeAlert): object {
  const { project, host, incidentId, state } = alert;
  return {
    version: '1.2',
    incident: {
      incident_id: incidentId,
      scoping_project_id: project,
      scoping_project_number: 100_000_000_001,
      url: consoleLink(alert, 'webhook'),
      started_at: epochSeconds(alert.startedAt),
      ended_at: alert.endedAt === undefined ? null : epochSeconds(alert.endedAt),
      state,
      severity: alert.severity,
      summary: summary(alert),
      observed_value: '2.000',
      threshold_value: '1',
      resource: { type: 'uptime_url', labels: { project_id: project, host } },
      resource_id: '',
      resource_name: resourceName(alert),
      resource_display_name: '',
      resource_type_display_name: 'Uptime Check URL',
      metric: {
        type: 'monitoring.googleapis.com/uptime_check/check_passed',
        displayName: 'Check passed',
        labels: {},
      },
      metadata: { system_labels: {}, user_labels: {} },
      policy_name: policyName(alert),
      policy_user_labels: {},
      condition: {
        name: `projects/${project}/alertPolicies/1/conditions/2`,
        displayName: CONDITION,
        conditionThreshold: {
          filter:
            'resource.type = "uptime_url" AND metric.type = "monitoring.googleapis.com/uptime_check/check_passed"',
          aggregations: [
            {
              alignmentPeriod: '900s',
              perSeriesAligner: 'ALIGN_NEXT_OLDER',
              crossSeriesReducer: 'REDUCE_COUNT_FALSE',
              groupByFields: ['resource.label.host'],
            },
          ],
          comparison: 'COMPARISON_GT',
          thresholdValue: 1,
          duration: `${alert.durationSeconds}s`,
          trigger: { count: 1 },
        },
      },
      condition_name: CONDITION,
      documentation: { content: '', mime_type: '' },
    },
  };
}

/** What the console's test button sends. */
export function testBody(): object {
  return {
    version: 'test',
    incident: {
      incident_id: '12345',
      scoping_project_id: '12345',
      scoping_project_number: 12_345,
      url: 'http://www.example.com',
      started_at: 0,
      ended_at: 0,
      state: 'OPEN',
      summary: 'Test Incident',
      observed_value: '1.0',
      threshold_value: '0.5',
      resource: { type: 'example_resource', labels: { example: 'label' } },
      metric: {
        type: 'test.googleapis.com/metric',
        displayName: 'Test Metric',
        labels: { example: 'label' },
      },
      policy_name: 'projects/12345/alertPolicies/12345',
      condition: { name: 'projects/12345/alertPolicies/12345/conditions/12345', conditionThreshold: {} },
      condition_name: 'Example condition',
      documentation: 'Test documentation',
    },
  };
}

/** The same alert in the words in which PagerDuty's integration relays it. */
export function relayedText(alert: UptimeAlert): string {
  return [
    summary(alert),
    `Violation started: ${relayedTime(alert.startedAt)} (less than 1 sec ago)`,
    `Policy: ${policyName(alert)}`,
    `Condition: ${CONDITION}`,
    `View incident: ${consoleLink(alert, 'pagerduty')}`,
  ].join(' | ');
}

function summary(alert: UptimeAlert): string {
  return alert.state === 'open'
    ? `An uptime check on ${resourceName(alert)} is failing.`
    : `The uptime check for ${resourceName(alert)} has returned to a normal state.`;
}

function resourceName({ project, host }: UptimeAlert): string {
  return `${project} Uptime Check URL labels {project_id=${project}, host=${host}}`;
}

function policyName({ host, cluster }: UptimeAlert): string {
  return `${host} on ${cluster}`;
}

function consoleLink({ incidentId, project }: UptimeAlert, channel: 'webhook' | 'pagerduty'): string {
  return `https://console.cloud.google.com/monitoring/alerting/alerts/${incidentId}?channelType=${channel}&project=${project}`;
}

function epochSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

const RELAYED_DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const RELAYED_CLOCK = new Intl.DateTimeFormat('en-US', {
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
  timeZone: 'UTC',
});

/** `Aug 12, 2025 at 4:32PM UTC`. */
function relayedTime(at: Date): string {
  return `${RELAYED_DAY.format(at)} at ${RELAYED_CLOCK.format(at).replace(/\s/g, '')} UTC`;
}
