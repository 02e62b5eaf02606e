import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncomingAlert } from '../../src/domain/alert.ts';
import { alertLines } from '../../src/domain/alert-line.ts';
import { type KnownAlert, mergeAlert } from '../../src/domain/alert-merge.ts';
import { entryOfAlert, joinAlerts } from '../../src/domain/alerts.ts';
import { isRefusal } from '../../src/domain/decision.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Entry } from '../../src/domain/timeline.ts';
import { entriesOf, given, NOW } from './given.ts';

const MINUTE = 60_000;
const OPENED: IncomingAlert = {
  source: 'google',
  fingerprint: 'google:0.1',
  series: 'google:leap',
  state: 'open',
  startedAt: new Date(NOW + 32 * MINUTE),
  title: 'Uptime check for leap.2i2c.cloud is failing',
  labels: { host: 'leap.2i2c.cloud', cluster: 'leap' },
  raw: 'raw words',
  delaySeconds: 1860,
};
const CLOSED: IncomingAlert = { ...OPENED, state: 'closed', endedAt: new Date(NOW + 40 * MINUTE) };
const RELAYED: IncomingAlert = { ...OPENED, source: 'pagerduty', raw: 'relayed words' };
const ENTRY = entryOfAlert('google:leap');
const LATER = NOW + 60 * MINUTE;

/** What was told, added up, as the incident takes it. */
function join(told: readonly IncomingAlert[], now = LATER) {
  const known = new Map<string, KnownAlert>();
  for (const alert of told) known.set(alert.fingerprint, mergeAlert(known.get(alert.fingerprint), alert));
  const lines = alertLines([...known.values()]);
  return (incident: Incident, entry: (id: string) => Entry | undefined) =>
    joinAlerts(incident, lines, entry, now);
}

describe('an alert', () => {
  test('is one line at its start, which says for how long the check had been failing', () => {
    const story = given()
      .when(join([OPENED]))
      .next();
    expect(entriesOf(story.facts)).toMatchObject([
      {
        id: ENTRY,
        kind: 'alert',
        moment: { at: NOW + 32 * MINUTE },
        content: { raw: 'raw words', text: expect.stringContaining('failing for 31 minutes.') },
      },
    ]);
    expect(story.incident.proposals?.[ENTRY]?.moment).toEqual({ at: NOW + 1 * MINUTE, approximate: true });
    story.when(join([OPENED])).addsNothing();
    story.when(join([OPENED, RELAYED])).addsNothing();
  });

  test('relayed first, its line is what the service itself says, once it does', () => {
    const story = given()
      .when(join([{ ...RELAYED, startedAt: new Date(NOW + 31 * MINUTE) }]))
      .next();
    const told = story.when(join([{ ...RELAYED, startedAt: new Date(NOW + 31 * MINUTE) }, OPENED])).next();
    expect(entriesOf(told.facts)).toMatchObject([
      { id: ENTRY, moment: { at: NOW + 32 * MINUTE }, content: { raw: 'raw words' }, times: 1 },
    ]);
    expect(told.facts.filter(({ type }) => type === 'alert-news')).toHaveLength(1);
  });

  test('of a group that PagerDuty relays it is one line with the relay, whichever comes first', () => {
    const direct = {
      ...OPENED,
      source: 'alertmanager',
      fingerprint: 'alertmanager:a@1',
      title: 'Servers fail to start',
      series: 'alertmanager:a',
      family: 'alertmanager:f',
    } as const;
    const { delaySeconds: _, ...plain } = direct;
    const mate = {
      ...plain,
      fingerprint: 'alertmanager:b@1',
      series: 'alertmanager:b',
      title: 'Another of the group',
      startedAt: new Date(NOW + 40 * MINUTE),
    };
    const happened = {
      id: 'e1',
      at: NOW + 34 * MINUTE,
      by: { kind: 'person', id: 'U0ANA' },
      kind: 'page',
      text: 'acknowledged',
    } as const;
    const relay: IncomingAlert = {
      ...OPENED,
      source: 'pagerduty',
      fingerprint: 'pagerduty:P1',
      series: 'pagerduty:P1',
      family: 'alertmanager:f',
      title: 'As relayed',
      startedAt: new Date(NOW + 33 * MINUTE),
      happened,
    };
    const other = {
      ...relay,
      fingerprint: 'pagerduty:P2',
      series: 'pagerduty:P2',
      startedAt: new Date(NOW - 10 * MINUTE),
    };
    const shown = (...tellings: IncomingAlert[][]) => {
      let story = given();
      for (const told of tellings) story = story.when(join(told)).next();
      return entriesOf(story.facts).map(({ moment, content }) => [moment.at, content.text]);
    };
    const lines = [
      [NOW + 32 * MINUTE, 'Servers fail to start.'],
      [NOW + 34 * MINUTE, 'acknowledged'],
      [NOW + 40 * MINUTE, 'Another of the group.'],
    ];
    expect(shown([plain, mate, relay])).toEqual(lines);
    expect(shown([relay], [relay, plain], [relay, plain, mate])).toEqual(lines);
    expect(shown([relay], [mate, relay], [plain, mate, relay])).toEqual(lines);
    expect(shown([plain, { ...other, happened: { ...happened, id: 'e2' } }])).toHaveLength(3);
  });

  test('its end completes the line, and what opens again counts in it', () => {
    const again = {
      ...OPENED,
      fingerprint: 'google:0.2',
      startedAt: new Date(NOW + 45 * MINUTE),
    };
    const over = given()
      .when(join([OPENED]))
      .next()
      .when(join([OPENED, CLOSED], LATER + MINUTE))
      .next();
    expect(entriesOf(over.facts)).toMatchObject([{ endedAt: NOW + 40 * MINUTE, times: 1 }]);
    const back = over.when(join([OPENED, CLOSED, again], LATER + 2 * MINUTE)).next();
    const [line, ...others] = entriesOf(back.facts);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ times: 2, moment: { at: NOW + 32 * MINUTE } });
    expect(line?.endedAt).toBeUndefined();
  });

  test('what people wrote into the line stays, whatever is learnt later', () => {
    given()
      .when(join([OPENED]))
      .next()
      .when(() => ({
        facts: [
          {
            type: 'entry-edited',
            entry: ENTRY,
            text: 'The hub is gone.',
            by: { kind: 'person', id: 'U1' },
            at: LATER,
          },
          {
            type: 'entry-retimed',
            entry: ENTRY,
            moment: { at: NOW },
            by: { kind: 'person', id: 'U1' },
            at: LATER,
          },
        ],
        effects: [],
      }))
      .next()
      .when((incident, entry) => {
        const decision = join([OPENED, CLOSED])(incident, entry);
        const facts = [...entriesOf([])];
        expect(facts).toEqual([]);
        return decision;
      })
      .next()
      .when((_, entry) => {
        expect(entry(ENTRY)).toMatchObject({
          content: { text: 'The hub is gone.' },
          moment: { at: NOW },
          endedAt: NOW + 40 * MINUTE,
        });
        return { facts: [], effects: [] };
      });
  });

  test('a title from outside stays as it was typed', () => {
    const title = '<!channel> [click](person:U1) *now*';
    const story = given()
      .when(join([{ ...OPENED, title, delaySeconds: 0 }]))
      .next();
    expect(entriesOf(story.facts)[0]?.content.text).toBe(
      '\\<\\!channel\\> \\[click\\]\\(person\\:U1\\) \\*now\\*.',
    );
  });
});

describe('many alerts at once', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...OPENED,
    fingerprint: `google:f${index}`,
    series: `google:f${index}`,
    title: `Pod ${index % 3} crashes`,
  }));

  test('share one message that says what is behind it, and ask nothing', () => {
    const decided = given().when(join(many));
    const changes = decided.decision;
    if (isRefusal(changes)) throw new Error('refused');
    expect(changes.facts.filter(({ type }) => type === 'entry-recorded')).toHaveLength(30);
    expect(changes.effects).toEqual([{ do: 'show', message: 'alerts:2', at: LATER + 5_000 }]);
    expect(decided.next().incident.alertNews?.summary).toMatchObject({
      opened: 30,
      closed: 0,
      kinds: { 'Pod 0 crashes': 10, 'Pod 1 crashes': 10, 'Pod 2 crashes': 10 },
    });
  });

  test('one alone is told alone; the next within ten seconds begins the message, and later ones go into it', () => {
    const [first, second, third] = many;
    if (!first || !second || !third) throw new Error('too few');
    const alone = given().when(join([first]));
    expect(alone.decision).toMatchObject({ effects: [{ do: 'say' }, { do: 'show' }] });
    const shared = alone.next().when(join([second], LATER + 4_000));
    expect(shared.decision).toMatchObject({
      effects: [{ do: 'show', message: expect.stringMatching(/^alerts:/) }],
    });
    const later = shared.next().when(join([third], LATER + 200_000));
    expect(later.next().incident.alertNews?.summary?.opened).toBe(2);
    const calm = later
      .next()
      .when(join([{ ...third, fingerprint: 'google:x', series: 'other' }], LATER + 600_000));
    expect(calm.decision).toMatchObject({ effects: [{ do: 'say' }] });
  });
});

/** Occurrences of a few checks: each opens, most end, and PagerDuty relays some of it, more roughly. */
const story = fc
  .array(
    fc.record({
      check: fc.integer({ min: 0, max: 2 }),
      gap: fc.integer({ min: 1, max: 90 }),
      lasts: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
      relayed: fc.boolean(),
      direct: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((openings) => {
    let at = NOW;
    return openings.flatMap(({ check, gap, lasts, relayed, direct }, index): IncomingAlert[] => {
      at += gap * MINUTE + 17_000;
      const open: IncomingAlert = {
        ...OPENED,
        fingerprint: `google:${index}`,
        series: `google:check-${check}`,
        title: `Check ${check} fails`,
        startedAt: new Date(at),
        raw: `check ${check}`,
      };
      const rough = new Date(Math.floor(at / MINUTE) * MINUTE);
      const relay: IncomingAlert = {
        ...open,
        source: 'pagerduty',
        startedAt: rough,
        raw: 'relayed',
        link: 'https://x.example/1',
      };
      delete relay.delaySeconds;
      const endedAt = lasts === undefined ? undefined : new Date(at + lasts * MINUTE);
      const end = (one: IncomingAlert, by = 0): IncomingAlert[] =>
        endedAt ? [{ ...one, state: 'closed', raw: 'over', endedAt: new Date(endedAt.getTime() + by) }] : [];
      return [
        ...(direct || !relayed ? [open, ...end(open)] : []),
        ...(relayed ? [relay, ...end(relay, 9_000)] : []),
      ];
    });
  });

const delivered = story.chain((told) =>
  fc.tuple(
    fc.constant(told),
    fc
      .shuffledSubarray([...told, ...told, ...told], { minLength: told.length * 3 })
      .chain((order) =>
        fc.tuple(
          fc.constant(order),
          fc.array(fc.integer({ min: 0, max: 400 }), { minLength: order.length, maxLength: order.length }),
        ),
      ),
  ),
);

/** What a reader of the timeline sees of its alerts. */
function seen(told: readonly IncomingAlert[], delays: readonly number[]) {
  let at = LATER;
  let incident = given();
  for (let index = 1; index <= told.length; index += 1) {
    at += (delays[index - 1] ?? 0) * 1_000;
    incident = incident.when(join(told.slice(0, index), at)).next();
  }
  return entriesOf(incident.facts)
    .map(({ id, moment, endedAt, times, content }) => ({ id, moment, endedAt, times: times ?? 1, content }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

test('whatever the order, repetition and delay of openings, ends and relayed copies, the timeline is the same', () => {
  fc.assert(
    fc.property(delivered, ([told, [order, delays]]) => {
      expect(seen(order, delays)).toEqual(seen(told, []));
    }),
    { numRuns: 150 },
  );
});
