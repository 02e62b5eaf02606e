import { describe, expect, test } from 'vitest';
import type { ChartFacts } from '../../src/domain/uptime/chart-facts.ts';
import { ENTRY_KINDS } from '../../src/domain/words.ts';
import { ticksOf } from '../../src/picture/chart-axis.ts';
import { stepsOf } from '../../src/picture/chart-passing.ts';
import { pngOf } from '../../src/picture/png.ts';
import { drawUptimeChart } from '../../src/picture/uptime-chart.ts';

const MINUTE = 60_000;
const AT = Date.parse('2025-08-12T16:00:00Z');
const FACTS: ChartFacts = {
  name: 'INC-7',
  zone: 'Europe/London',
  declaredAt: AT + 60 * MINUTE,
  resolvedAt: AT + 131 * MINUTE,
  impact: { start: { at: AT + 60 * MINUTE, approximate: true }, end: { at: AT + 131 * MINUTE } },
  outage: { lastPass: AT + 45 * MINUTE, firstFailure: AT + 60 * MINUTE, recovery: AT + 135 * MINUTE },
  marks: ENTRY_KINDS.map((kind, index) => ({ kind, at: AT + (60 + index) * MINUTE })),
  series: {
    host: 'leap.2i2c.cloud',
    check: 'c',
    from: AT,
    to: AT + 180 * MINUTE,
    periodMs: 15 * MINUTE,
    places: [
      {
        place: 'usa-iowa',
        runs: [
          { passed: true, from: AT, to: AT + 45 * MINUTE, count: 4 },
          { passed: false, from: AT + 60 * MINUTE, to: AT + 120 * MINUTE, count: 5 },
          { passed: true, from: AT + 135 * MINUTE, to: AT + 180 * MINUTE, count: 4 },
        ],
      },
      { place: 'usa-oregon', runs: [{ passed: true, from: AT, to: AT + 60 * MINUTE, count: 5 }] },
    ],
  },
};
const SVG = drawUptimeChart(FACTS);

function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

function count(svg: string, element: string): number {
  return svg.split(element).length - 1;
}

describe('the chart of an uptime check', () => {
  test('says whose check it is, what it saw, what hurt and whose clock it is', () => {
    expect(texts(SVG)).toEqual(
      expect.arrayContaining([
        'Uptime check of leap.2i2c.cloud',
        'INC-7 · Tue 12 Aug 2025, BST',
        'It failed from 18:00 BST until it passed again at 19:15 BST (1h 15m) · impact ca. 18:00 BST to 19:11 BST (1h 11m)',
        'declared 18:00',
        'resolved 19:11',
        '17:15',
        'BST',
        'usa-iowa',
        'usa-oregon',
      ]),
    );
  });

  test('shows every look of every place and every entry', () => {
    const inLegend = 1;
    expect(count(SVG, '<circle')).toBe(4 + 4 + 5 + inLegend);
    expect(count(SVG, 'stroke-linecap="round"')).toBe(5 + inLegend);
    expect(count(SVG, 'transform="translate(')).toBe(2 * ENTRY_KINDS.length);
  });

  test('the same facts are the same bytes, as PNG too', async () => {
    expect(drawUptimeChart(structuredClone(FACTS))).toBe(SVG);
    const [one, other] = await Promise.all([pngOf(SVG), pngOf(SVG)]);
    expect(one.equals(other)).toBe(true);
    expect(one.readUInt32BE(16)).toBe(2_400);
  });

  test('what comes from outside stays words', () => {
    const host = '<script>&"';
    const svg = drawUptimeChart({ ...FACTS, series: { ...FACTS.series, host } });
    expect(svg).not.toContain('<script>');
    expect(texts(svg)).toContain('Uptime check of &lt;script&gt;&amp;&quot;');
  });

  test('tells of any stretch of time without a number that is none', () => {
    const runs = [{ passed: false, from: AT, to: AT + 9 * 24 * 60 * MINUTE, count: 13_000 }];
    const long = { ...FACTS.series, to: AT + 9 * 24 * 60 * MINUTE, places: [{ place: 'p', runs }] };
    const short = { ...FACTS.series, to: AT, places: [{ place: 'p', runs: [] }] };
    const { impact: _, outage: __, resolvedAt: ___, ...bare } = FACTS;
    for (const series of [long, short]) {
      for (const facts of [FACTS, bare]) {
        expect(drawUptimeChart({ ...facts, series })).not.toMatch(/NaN|Infinity|undefined/);
      }
    }
    expect(texts(drawUptimeChart({ ...bare, series: long }))).toContain('It did not fail');
  });
});

describe('how many places pass', () => {
  test('is known from each look until the next, and of nobody when none comes', () => {
    const minutes = stepsOf(FACTS.series).map(({ from, to, passing, known }) => [
      (from - AT) / MINUTE,
      (to - AT) / MINUTE,
      `${passing}/${known}`,
    ]);
    expect(minutes).toEqual([
      [0, 60, '2/2'],
      [60, 97.5, '1/2'],
      [97.5, 135, '0/1'],
      [135, 180, '1/1'],
    ]);
    const hole = {
      ...FACTS.series,
      places: [
        {
          place: 'p',
          runs: [
            { passed: true, from: AT, to: AT, count: 1 },
            { passed: true, from: AT + 90 * MINUTE, to: AT + 180 * MINUTE, count: 7 },
          ],
        },
      ],
    };
    expect(stepsOf(hole).map(({ known }) => known)).toEqual([1, 0, 1]);
  });
});

describe('the times under it', () => {
  const clock = (zone: string, from: string, hours: number) => {
    const start = Date.parse(from);
    return ticksOf({ from: start, to: start + hours * 60 * MINUTE }, zone).map(({ at }) =>
      new Date(at).toISOString().slice(11, 16),
    );
  };

  test('are round on the clock of the zone', () => {
    expect(clock('Europe/London', '2025-08-12T15:00:00Z', 3)).toContain('15:15');
    // Kathmandu is 5:45 ahead: its whole hours are a quarter past.
    expect(clock('Asia/Kathmandu', '2025-08-12T15:00:00Z', 10)).toEqual([
      '15:15',
      '16:15',
      '17:15',
      '18:15',
      '19:15',
      '20:15',
      '21:15',
      '22:15',
      '23:15',
      '00:15',
    ]);
  });

  test('stay so over a change of clocks, which the picture names', () => {
    const from = Date.parse('2025-10-25T20:00:00Z');
    const series = { ...FACTS.series, from, to: from + 12 * 60 * MINUTE };
    const shown = texts(drawUptimeChart({ ...FACTS, series }));
    expect(shown).toContain('BST/GMT');
    expect(shown.filter((text) => text === '01:00')).toHaveLength(2);
    expect(shown).toContain('Sun 26 Oct');
  });
});
