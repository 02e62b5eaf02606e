import { describe, expect, test } from 'vitest';
import { confirmImpact } from '../../src/domain/confirm-impact.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import { openProposal, proposeImpact } from '../../src/domain/impact-proposals.ts';
import { setImpact } from '../../src/domain/lifecycle.ts';
import { ANA, BEN, given, NOW } from './given.ts';

const MOMENT = { at: NOW, approximate: true };
const PROPOSED = { edge: 'start', moment: MOMENT, because: 'It was failing.' } as const;
const MONITOR = { kind: 'service', name: 'Google Cloud Monitoring' } as const;
const words = ({ at }: { at: number }) => new Date(at).toISOString().slice(11, 16);

const STANDS: NewFact = {
  type: 'impact-proposed',
  proposal: 'p1',
  ...PROPOSED,
  by: MONITOR,
  at: NOW,
};
const SET: NewFact = { type: 'impact-set', edge: 'start', moment: { at: NOW - 60_000 }, by: ANA, at: NOW };
const propose = (incident: Parameters<typeof proposeImpact>[0]) =>
  proposeImpact(incident, { id: 'p1', ...PROPOSED }, MONITOR, NOW);

describe('a proposed impact start', () => {
  test('is offered once, and again only when it says another time', () => {
    given()
      .when(propose)
      .adds(
        [{ type: 'impact-proposed', proposal: 'p1', ...PROPOSED }],
        [{ do: 'show', message: 'proposal:p1' }],
      )
      .when(propose)
      .addsNothing();
    const later = { at: NOW + 60_000, approximate: true };
    given(STANDS)
      .when((incident) => proposeImpact(incident, { id: 'p1', ...PROPOSED, moment: later }, MONITOR, NOW))
      .adds(
        [{ type: 'impact-proposed', proposal: 'p1', ...PROPOSED, moment: later }],
        [{ do: 'show', message: 'proposal:p1' }],
      );
  });

  test('is not offered where somebody has set it, nor where nothing can be set any more', () => {
    given(SET).when(propose).addsNothing();
    given({ type: 'status-changed', from: 'investigating', to: 'cancelled', by: BEN, at: NOW })
      .when(propose)
      .addsNothing();
  });

  test('is set by whoever confirms it, and asked about no more', () => {
    const story = given(STANDS);
    expect(openProposal(story.incident, 'start')?.id).toBe('p1');
    const confirmed = story
      .when((incident) => confirmImpact(incident, 'p1', BEN, NOW, words))
      .adds(
        [{ type: 'impact-set', edge: 'start', moment: MOMENT }],
        [
          { do: 'show', message: 'card' },
          { do: 'show', message: 'proposal:p1' },
        ],
      );
    expect(openProposal(confirmed.incident, 'start')).toBeUndefined();
    confirmed
      .when((incident) => confirmImpact(incident, 'p1', ANA, NOW, words))
      .addsNothing('The impact start is 16:00 already.');
  });

  test('what was measured goes before what is approximate, whatever came last', () => {
    const measured: NewFact = { ...STANDS, proposal: 'a', moment: { at: NOW + 50_000 } };
    const earlier: NewFact = { ...STANDS, proposal: 'p2', moment: { at: NOW - 60_000, approximate: true } };
    expect(openProposal(given(measured, STANDS, earlier).incident, 'start')?.id).toBe('a');
    expect(openProposal(given(STANDS, measured).incident, 'start')?.id).toBe('a');
    expect(openProposal(given(earlier, STANDS).incident, 'start')?.id).toBe('p2');
  });

  test('does not overwrite what somebody set meanwhile', () => {
    given(STANDS, SET)
      .when((incident) => confirmImpact(incident, 'p1', BEN, NOW, words))
      .refused(/was set to 15:59, and I leave that\. To change it, type `\/incident impact start 16:00`\.$/);
    given()
      .when((incident) => confirmImpact(incident, 'p1', BEN, NOW, words))
      .refused(/no such proposal/);
  });

  test('what is set by command settles the message too', () => {
    given(STANDS)
      .when((incident) =>
        setImpact(incident, { edge: 'start', moment: { at: NOW }, when: '17:00' }, BEN, NOW),
      )
      .adds(
        [{ type: 'impact-set', edge: 'start', moment: { at: NOW } }],
        [
          { do: 'show', message: 'card' },
          { do: 'show', message: 'proposal:p1' },
        ],
      );
  });
});
