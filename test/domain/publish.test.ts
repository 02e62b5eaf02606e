import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/domain/decision.ts';
import type { FactBody } from '../../src/domain/facts.ts';
import { applyFact, type Incident } from '../../src/domain/incident.ts';
import { askPublish, decideFinding, markReport } from '../../src/domain/publish.ts';
import type { Actor } from '../../src/domain/words.ts';
import { storyOf } from '../report/story.ts';

const BEN: Actor = { kind: 'person', id: 'U0BEN' };
const SETUP = { repository: 'acme/reports', connected: true };
const RESOLVED: readonly [number, FactBody] = [
  9,
  { type: 'status-changed', from: 'monitoring', to: 'resolved' },
];
const ITEM: readonly [number, FactBody] = [1, { type: 'action-added', action: '1', title: 'Harden' }];

function applied(incident: Incident, decision: ReturnType<typeof askPublish>): Incident {
  if (isRefusal(decision)) throw new Error(decision.refused);
  return decision.facts.reduce(
    (sum, fact) => applyFact(sum, { ...fact, seq: sum.seq + 1, recordedAt: fact.at }),
    incident,
  );
}

describe('publishing', () => {
  test('an issue for each action item that wants one, then the pull request', () => {
    const { incident } = storyOf([
      ITEM,
      [2, { type: 'action-added', action: '2', title: 'Done' }],
      [2, { type: 'action-done', action: '2' }],
      [3, { type: 'action-added', action: '3', title: 'Gone' }],
      [3, { type: 'action-withdrawn', action: '3' }],
      RESOLVED,
    ]);
    expect(askPublish(incident, SETUP, BEN, 7)).toEqual({
      facts: [{ type: 'publish-asked', by: BEN, at: 7 }],
      effects: [
        { do: 'open-issue', action: '1' },
        { do: 'publish-report', asked: incident.seq },
      ],
      answer:
        'On its way to acme/reports: one issue for action items first, then the pull request. I say here when it stands.',
    });
  });

  test.each([
    ['not over', [], SETUP, 'INC-12 is investigating, and its report is made when it is resolved.'],
    ['no repository', [RESOLVED], { connected: true }, 'set `report.repository`'],
    ['no GitHub', [RESOLVED], { ...SETUP, connected: false }, 'set `GITHUB_TOKEN`'],
  ] as const)('refused: %s', (_, happenings, setup, words) => {
    const { incident } = storyOf(happenings);
    expect(askPublish(incident, setup, BEN, 7)).toEqual({ refused: expect.stringContaining(words) });
    expect(askPublish({ ...incident, private: true }, setup, BEN, 7)).toHaveProperty('refused');
  });
});

describe('reviewing', () => {
  const { incident } = storyOf([RESOLVED]);
  const reviewed = (one: Incident, person: string, because?: string) =>
    markReport(one, { to: 'reviewed', ...(because ? { because } : {}) }, person, 8);

  test('not by whoever wrote it: the responder, while nobody else did', () => {
    expect(reviewed(incident, 'U0ANA')).toHaveProperty('refused');
    expect(reviewed(incident, 'U0BEN')).toMatchObject({ facts: [{ type: 'report-marked', to: 'reviewed' }] });
    const byBen = applied(incident, askPublish(incident, SETUP, BEN, 7));
    expect(reviewed(byBen, 'U0BEN')).toHaveProperty('refused');
    expect(reviewed(byBen, 'U0ANA')).toHaveProperty('facts');
  });

  test('not while an action item has no issue, unless somebody says why', () => {
    const bare = storyOf([ITEM, RESOLVED]).incident;
    expect(reviewed(bare, 'U0BEN')).toEqual({
      refused: expect.stringContaining(
        'because action item 1 has no issue. `/incident report publish` opens what is missing, `/incident action 1 link',
      ),
    });
    expect(reviewed(bare, 'U0BEN', 'it is done by hand')).toMatchObject({
      facts: [{ because: 'it is done by hand' }],
    });
  });

  test('closed only after it was reviewed, and each once', () => {
    expect(markReport(incident, { to: 'closed' }, 'U0BEN', 9)).toHaveProperty('refused');
    const read = applied(incident, reviewed(incident, 'U0BEN'));
    expect(reviewed(read, 'U0BEN')).toMatchObject({ facts: [] });
    const closed = applied(read, markReport(read, { to: 'closed' }, 'U0ANA', 9));
    expect(closed.reportState).toBe('closed');
    expect(reviewed(closed, 'U0CHI')).toHaveProperty('refused');
  });
});

test('a decision about what was found is remembered, and can be taken back', () => {
  const { incident } = storyOf([]);
  const keep = { finding: 'abc', what: 'an IP address in the summary', shown: true };
  const shown = applied(incident, decideFinding(incident, keep, BEN, 1));
  expect(shown.shownInPublic).toEqual(['abc']);
  expect(decideFinding(shown, keep, BEN, 2)).toMatchObject({ facts: [] });
  expect(applied(shown, decideFinding(shown, { ...keep, shown: false }, BEN, 3)).shownInPublic).toEqual([]);
});
