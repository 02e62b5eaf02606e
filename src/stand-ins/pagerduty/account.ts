/** The people and settings of a PagerDuty account; tests and the demo bring their own. */
export interface PagerDutyAccount {
  token: string;
  users: { id: string; name: string; email: string; timeZone: string }[];
  policies: { id: string; name: string; levels: { users?: string[]; schedules?: string[] }[] }[];
  services: { id: string; name: string; policyId: string }[];
  schedules: { id: string; name: string; timeZone: string; shifts: Shift[] }[];
  /** Highest first; empty as on a plan without priorities. */
  priorities: { id: string; name: string }[];
}

/** Somebody's time on a schedule; without bounds it is for ever. */
export interface Shift {
  userId: string;
  from?: Date;
  until?: Date;
}

/** A small team with a bot user of its own. */
export function exampleAccount(): PagerDutyAccount {
  return {
    token: 'pd-token-of-the-stand-in',
    users: [
      { id: 'PBOT01', name: 'Daywatch', email: 'daywatch@example.org', timeZone: 'Etc/UTC' },
      { id: 'PANA01', name: 'Ana', email: 'ana@example.org', timeZone: 'Europe/Bucharest' },
      { id: 'PBEN01', name: 'Ben', email: 'ben@example.org', timeZone: 'Europe/London' },
      { id: 'PCHI01', name: 'Chitra', email: 'chitra@example.org', timeZone: 'America/Los_Angeles' },
    ],
    policies: [
      { id: 'PPOLICY', name: 'Outages', levels: [{ schedules: ['PSCHED1'] }, { users: ['PCHI01'] }] },
    ],
    services: [{ id: 'PSVC01', name: 'JupyterHub URL availability', policyId: 'PPOLICY' }],
    schedules: [
      { id: 'PSCHED1', name: 'Tech leads', timeZone: 'Europe/London', shifts: [{ userId: 'PBEN01' }] },
    ],
    priorities: [
      { id: 'PP1', name: 'P1' },
      { id: 'PP2', name: 'P2' },
      { id: 'PP3', name: 'P3' },
    ],
  };
}

/** Who of this schedule is on call at an instant. */
export function onCallAt(schedule: PagerDutyAccount['schedules'][number], at: number): Shift[] {
  return schedule.shifts.filter(
    ({ from, until }) => (from?.getTime() ?? at) <= at && at < (until?.getTime() ?? Number.POSITIVE_INFINITY),
  );
}
