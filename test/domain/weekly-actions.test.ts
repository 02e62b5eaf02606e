import { expect, test } from 'vitest';
import type { ActionItem } from '../../src/domain/action-items.ts';
import { weeklyActions } from '../../src/domain/weekly-actions.ts';
import { BEN, NOW } from './given.ts';

const DAY = 86_400_000;
const call = (person: string) => ({ U0ANA: 'Ana' })[person] ?? person;

function item(days: number, title: string, more: Partial<ActionItem> = {}) {
  return {
    incident: 7,
    title: 'LEAP hub outage',
    addedAt: NOW - days * DAY,
    item: { id: '1', title, done: false, withdrawn: false, addedBy: BEN, ...more },
  };
}

test('nothing where nothing is to be done', () => {
  expect(weeklyActions([], 'Europe/London', NOW, call)).toBeUndefined();
});

test('the oldest first, with owner, day and issue', () => {
  const text = weeklyActions(
    [
      item(6, 'Write *it* down', {
        owner: 'U0ANA',
        due: '2025-08-11',
        url: 'https://github.com/o/r/issues/3',
      }),
      item(90, 'Alert'),
      item(0, 'New', { due: '2025-08-12' }),
      item(800, 'Old'),
    ],
    'Europe/London',
    NOW,
    call,
  );
  expect(text?.replaceAll('\\', '')).toBe(
    [
      '🔨 **4 open action items, by age**: 1 past its day, 3 without an owner',
      '',
      '• **2 years** Old · nobody yet · no issue · INC-7 LEAP hub outage',
      '• **3 months** Alert · nobody yet · no issue · INC-7 LEAP hub outage',
      '• **6 days** [Write it down](https://github.com/o/r/issues/3) · Ana · due 2025-08-11, **late** · INC-7 LEAP hub outage',
      '• **today** New · nobody yet · due 2025-08-12 · no issue · INC-7 LEAP hub outage',
    ].join('\n'),
  );
});

test('of very many the oldest', () => {
  const many = Array.from({ length: 43 }, (_, index) => item(index, `Item ${index}`));
  const text = weeklyActions(many, 'Europe/London', NOW, call) ?? '';
  expect(text).toContain('43 open action items');
  expect(text.match(/^• /gm)).toHaveLength(40);
  expect(text).toContain('… and 3 younger ones.');
});
