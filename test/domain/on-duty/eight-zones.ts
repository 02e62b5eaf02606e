import type { Override, Person, Weekday } from '../../../src/domain/team.ts';
import { hours, override, person } from './people.ts';

export const ZONES = [
  'Europe/London',
  'Europe/Bucharest',
  'America/Los_Angeles',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
];

export const EVERY_DAY: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const NIGHTS = ['never', 'sev1', 'always'] as const;

/** Somebody in each zone: some by night, some with a long break, with days off around changes of the clocks. */
export const AROUND_THE_WORLD: Person[] = ZONES.map((timezone, index) =>
  person(`P${index}`, {
    timezone,
    hours: index % 3 === 0 ? [hours('22:00-02:30')] : [hours('09:00-12:00'), hours('13:00-15:20')],
    nights: NIGHTS[index % 3] ?? 'never',
    holidays: { dates: ['2026-03-30', '2025-10-27', '2026-01-01', '2026-12-25', '2026-12-28'] },
  }),
);

export const CHANGES: Override[] = [
  override('P1', 'off', '2025-10-20T00:00:00Z', '2025-10-27T11:07:00Z'),
  override('P2', 'on', '2025-10-25T02:00:00Z', '2025-10-26T20:00:00Z'),
  override('P2', 'off', '2025-10-26T01:00:00Z', '2025-10-26T01:30:00Z'),
  override('P4', 'off', '2026-04-01T00:00:00Z', '2026-04-24T00:00:00Z'),
  override('P4', 'on', '2026-04-10T03:00:00Z', '2026-04-10T05:00:00Z'),
  override('P5', 'off', '2026-06-29T22:55:00Z', '2026-06-30T04:15:00Z'),
  override('P7', 'on', '2026-12-24T18:00:00Z', '2026-12-29T07:00:00Z'),
];
