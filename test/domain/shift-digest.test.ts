import { expect, test } from 'vitest';
import { describer } from '../../src/domain/describe.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import { applyFact, beginIncident } from '../../src/domain/incident.ts';
import { byUrgency, type Newcomer, shiftDigest, sleptThrough } from '../../src/domain/shift-digest.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { testTeam } from '../harness/team.ts';
import { BEN, DECLARED, numbered } from './given.ts';

const team = testTeam();
const at = (text: string) => Date.parse(text);
const NIGHT = at('2025-08-12T02:00:00+03:00');
const START = at('2025-08-12T09:00:00+03:00');
const ANA = team.people.find(({ name }) => name === 'Ana');

function newcomer(inRoster = true): Newcomer {
  if (!ANA) throw new Error('Ana is of the team');
  return { person: ANA, since: at('2025-08-11T17:30:00+03:00'), start: START, inRoster };
}

function slept(declared: Partial<NewFact & { type: 'declared' }>, more: NewFact[], who = newcomer()) {
  const facts = numbered([{ ...DECLARED, at: NIGHT, ...declared } as NewFact, ...more]);
  const [first, ...rest] = facts;
  if (first?.type !== 'declared') throw new Error('it starts with declared');
  const incident = rest.reduce(applyFact, beginIncident({ number: 7, uid: 'a' }, first));
  return sleptThrough(incident, timeline(facts, describer()), who);
}

const JOINED: NewFact = { type: 'joined', person: 'U0ANA', by: BEN, at: NIGHT };
const LEFT: NewFact = { type: 'left', person: 'U0ANA', by: BEN, at: NIGHT };
const RESOLVED: NewFact = {
  type: 'status-changed',
  from: 'investigating',
  to: 'resolved',
  by: BEN,
  at: NIGHT,
};
const DAYS_AGO = at('2025-08-09T12:00:00Z');
const STAYS: NewFact = { ...JOINED, at: DAYS_AGO };
const MINOR = { severity: 'sev3' as const };
const ANA_HERSELF = { kind: 'person' as const, id: 'U0ANA' };
const JOINED_HERSELF: NewFact = { ...JOINED, by: ANA_HERSELF };

test.each([
  ['open and serious, of a roster', {}, [], true, true],
  ['open and serious, of no roster', {}, [], false, false],
  ['of no roster, but in it', {}, [JOINED], false, true],
  ['minor', { severity: 'sev3' as const }, [], true, false],
  ['minor, but in it', { severity: 'sev3' as const }, [JOINED], true, true],
  ['over, and not in it', {}, [RESOLVED], true, false],
  ['over, and in it', {}, [JOINED, RESOLVED], true, true],
  ['private, and not in it', { private: true }, [], true, false],
  ['private, and in it', { private: true }, [JOINED], true, true],
  ['private, and gone out of it', { private: true }, [JOINED, LEFT], true, false],
  ['declared after the start', { at: START + 1 }, [], true, false],
  ['nothing happened since, but open and serious', { at: DAYS_AGO }, [], true, true],
  ['nothing happened since, of no roster, but in it', { at: DAYS_AGO }, [STAYS], false, false],
  ['nothing happened since, minor, but in it', { ...MINOR, at: DAYS_AGO }, [STAYS], true, false],
  ['nothing happened since, private, and not in it', { at: DAYS_AGO, private: true }, [], true, false],
  ['only what they did themselves', { ...MINOR, by: ANA_HERSELF }, [JOINED_HERSELF], true, false],
])('%s', (_, declared, more, inRoster, told) => {
  expect(slept(declared, more as NewFact[], newcomer(inRoster)) !== undefined).toBe(told);
});

test('is short, the most pressing first, and in the reader’s own time', () => {
  const changed: NewFact = { type: 'severity-changed', from: 'sev1', to: 'sev2', by: BEN, at: NIGHT };
  const many = Array.from({ length: 6 }, () => changed);
  const both = [slept({}, [JOINED, RESOLVED]), slept({}, many)].filter((one) => one !== undefined);
  const text = shiftDigest(team, newcomer(), both.sort(byUrgency), START);
  expect(text.split('\n')[0]).toBe('🌅 **While you slept**, since Mon 11 Aug 17:30 EEST:');
  expect(text.indexOf('investigating')).toBeLessThan(text.indexOf('resolved'));
  expect(text).toContain('• 4 earlier lines; then:');
  expect(text.match(/• 02:00 /g)).toHaveLength(5);
  expect(text).toContain('Responder: [U0BEN](person:U0BEN) · 07:00 BST · on from 09:00 BST');
});

test('of a silent night it says that nothing is new, and what is open all the same', () => {
  const one = slept({ at: DAYS_AGO }, []);
  const text = shiftDigest(team, newcomer(), one ? [one] : [], START);
  expect(text.split('\n').slice(2)).toEqual([
    '**INC-7 LEAP hub outage**',
    'sev1 (Outage) · investigating · since Sat 9 Aug 15:00 EEST, 2d 18h ago',
    'Responder: [U0BEN](person:U0BEN) · 07:00 BST · on from 09:00 BST',
    'Nobody’s day ends near the start of yours.',
    'Nothing new since then.',
  ]);
});
