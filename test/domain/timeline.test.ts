import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describer } from '../../src/domain/describe.ts';
import { editEntry, logEntry, removeEntry, restoreEntry, retimeEntry } from '../../src/domain/entries.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { ANA, BEN, DECLARED, entriesOf, given, NOW, numbered } from './given.ts';

function logged(id: string, at: number): NewFact {
  return {
    type: 'entry-recorded',
    entry: id,
    origin: 'log',
    content: { kind: 'note', text: id },
    moment: { at },
    by: BEN,
    at: NOW,
    key: `entry:${id}`,
  };
}

describe('the timeline', () => {
  test('is in order of time, ties by arrival, and loses nothing', () => {
    const minute = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 40 }), (minutes) => {
        const facts = numbered([
          DECLARED,
          ...minutes.map((at, index) => logged(`e${index}`, NOW + at * 60_000)),
        ]);
        const entries = timeline(facts, describer());
        expect(entries).toHaveLength(minutes.length + 1);
        for (const [index, entry] of entries.entries()) {
          const before = entries[index - 1];
          if (!before) continue;
          expect(before.moment.at).toBeLessThanOrEqual(entry.moment.at);
          if (before.moment.at === entry.moment.at) {
            expect(arrival(before.id)).toBeLessThan(arrival(entry.id));
          }
        }
      }),
    );
  });

  test('tells the acceptance of a role, and the offer before it beside the story', () => {
    const offer = {
      type: 'handoff-offered',
      handoff: 'h',
      role: 'tech-lead',
      to: 'U0ANA',
      brief: '',
      by: BEN,
      at: NOW,
    } as const;
    const accepted = [
      { type: 'handoff-accepted', handoff: 'h', by: ANA, at: NOW },
      {
        type: 'role-assigned',
        role: 'tech-lead',
        person: 'U0ANA',
        from: 'U0BEN',
        handoff: 'h',
        by: ANA,
        at: NOW,
      },
    ] as const;
    const told = (facts: readonly NewFact[]) =>
      timeline(numbered([DECLARED, ...facts]), describer())
        .slice(1)
        .map(({ content, bookkeeping }) => [content.text, bookkeeping]);
    const offered = '[U0BEN](person:U0BEN) offers tech lead to [U0ANA](person:U0ANA), with a brief.';
    expect(told([offer])).toEqual([[offered, false]]);
    expect(told([offer, ...accepted])).toEqual([
      [offered, true],
      ['[U0BEN](person:U0BEN) hands tech lead over to [U0ANA](person:U0ANA), who accepts.', false],
    ]);
  });

  function arrival(id: string): number {
    return id.startsWith('fact-') ? -1 : Number(id.slice(1));
  }

  test('tells what came after resolved, until it is reopened', () => {
    const resolved: NewFact = {
      type: 'status-changed',
      from: 'monitoring',
      to: 'resolved',
      by: BEN,
      at: NOW,
    };
    const story = [DECLARED, logged('before', NOW - 1), resolved, logged('after', NOW + 1)];
    const followUps = (facts: NewFact[]) =>
      entriesOf(numbered(facts))
        .filter(({ followUp }) => followUp)
        .map(({ id }) => id);
    expect(followUps(story)).toEqual(['after']);
    expect(followUps([...story, { ...resolved, from: 'resolved', to: 'closed', at: NOW + 2 }])).toEqual([
      'after',
    ]);
    expect(
      followUps([...story, { ...resolved, from: 'resolved', to: 'investigating', at: NOW + 2 }]),
    ).toEqual([]);
  });
});

describe('an entry', () => {
  const STORY = given(logged('e1', NOW - 60_000));

  test('is logged once, and read by everybody', () => {
    given()
      .when((incident) =>
        logEntry(
          incident,
          { id: 'e1', text: ' It broke ', moment: { at: NOW }, by: 'U0BEN', when: '17:00 BST' },
          NOW,
        ),
      )
      .adds(
        [
          {
            type: 'entry-recorded',
            entry: 'e1',
            origin: 'log',
            content: { kind: 'note', text: 'It broke' },
            moment: { at: NOW },
            author: 'U0BEN',
            key: 'entry:e1',
          },
        ],
        [{ do: 'say', notice: 'e1', text: '📝 17:00 BST [U0BEN](person:U0BEN): It broke' }],
      );
  });

  test('keeps its former texts', () => {
    const story = STORY.when((incident, entry) => editEntry(incident, entry('e1'), 'better', ANA, NOW))
      .adds([{ type: 'entry-edited', entry: 'e1', text: 'better' }])
      .when((incident, entry) => editEntry(incident, entry('e1'), 'best', ANA, NOW))
      .next();
    expect(entriesOf(story.facts)[0]).toMatchObject({
      content: { text: 'best' },
      formerTexts: ['e1', 'better'],
      author: BEN,
    });
    story
      .when((incident, entry) => editEntry(incident, entry('e1'), 'best', ANA, NOW))
      .addsNothing('It says that already.');
    story
      .when((incident, entry) => editEntry(incident, entry('e1'), ' ', ANA, NOW))
      .refused('An entry needs words. To take it out, press *Remove*.');
  });

  test('moves to another time, as a range too', () => {
    const moment = { at: NOW - 120_000, until: NOW - 60_000, approximate: true };
    const story = STORY.when((incident, entry) =>
      retimeEntry(incident, entry('e1'), moment, ANA, NOW),
    ).next();
    expect(entriesOf(story.facts)[0]?.moment).toEqual(moment);
  });

  test('is taken out and brought back, each once', () => {
    const out = STORY.when((incident, entry) => removeEntry(incident, entry('e1'), ANA, NOW)).adds([
      { type: 'entry-removed', entry: 'e1', why: 'taken out by hand' },
    ]);
    out
      .when((incident, entry) => removeEntry(incident, entry('e1'), ANA, NOW))
      .addsNothing('It is out already.');
    out
      .when((incident, entry) => restoreEntry(incident, entry('e1'), ANA, NOW))
      .adds([{ type: 'entry-restored', entry: 'e1' }])
      .when((incident, entry) => restoreEntry(incident, entry('e1'), ANA, NOW))
      .addsNothing('It is in the timeline.');
  });

  test('that is not there can neither be changed nor taken out', () => {
    const sentence = 'There is no such entry in this timeline.';
    STORY.when((incident, entry) => editEntry(incident, entry('e9'), 'x', ANA, NOW)).refused(sentence);
    STORY.when((incident, entry) => removeEntry(incident, entry('e9'), ANA, NOW)).refused(sentence);
    STORY.when((incident, entry) => restoreEntry(incident, entry('e9'), ANA, NOW)).refused(sentence);
    STORY.when((incident, entry) => retimeEntry(incident, entry('e9'), { at: NOW }, ANA, NOW)).refused(
      sentence,
    );
  });
});
