import { expect, test } from 'vitest';
import { describeDuty } from '../../../src/domain/on-duty/describe-duty.ts';
import type { Override, Person } from '../../../src/domain/team.ts';
import { hours, override, person } from './people.ts';

const ana = person('Ana', { timezone: 'Europe/Bucharest' });
const nightly = person('Ana', { hours: [hours('22:00-06:00')] });
const always = person('Ana', {
  hours: [hours('00:00-24:00')],
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
});
const away = [override('Ana', 'off', '2025-08-11T00:00:00Z', '2025-08-14T09:00:00Z')];

test.each<[string, Person, string, string, Override[]]>([
  ['2025-08-12T11:00:00Z', ana, '14:00 EEST', 'in hours until 17:30', []],
  ['2025-08-12T14:10:00Z', ana, '17:10 EEST', 'off in 20 min', []],
  ['2025-08-12T04:00:00Z', ana, '07:00 EEST', 'on from 09:00 EEST', []],
  ['2025-08-12T14:33:00Z', ana, '17:33 EEST', 'on from 09:00 EEST, Wed 13 Aug', []],
  ['2025-10-25T12:00:00Z', ana, '15:00 EEST', 'on from 09:00 EET, Mon 27 Oct', []],
  ['2025-08-12T14:33:00Z', ana, '17:33 EEST', 'away, on from 12:00 EEST, Thu 14 Aug', away],
  ['2025-08-12T22:00:00Z', nightly, '23:00 BST', 'in hours until 06:00, Wed 13 Aug', []],
  ['2025-08-12T22:00:00Z', person('Ana', { days: [] }), '23:00 BST', 'no hours to come', []],
  ['2025-08-12T22:00:00Z', always, '23:00 BST', 'always in hours', []],
])('at %s', (now, who, local, state, overrides) => {
  expect(describeDuty(who, new Date(now), overrides)).toMatchObject({ local, state });
});
