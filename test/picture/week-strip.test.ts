import { describe, expect, test } from 'vitest';
import { readTeam } from '../../src/config/team.ts';
import { pngOf } from '../../src/picture/png.ts';
import { fitting, words } from '../../src/picture/svg.ts';
import { drawWeekStrip } from '../../src/picture/week-strip.ts';

const TEAM = readTeam(
  `
team: { name: T, timezone: Europe/London }
people:
  - { name: Ana, timezone: Europe/Bucharest, hours: ["09:00-17:30"] }
  - { name: "<Ben> & co", timezone: Europe/London, hours: ["09:00-12:00", "13:00-17:00"], holidays: ["2025-10-21"] }
  - { name: Chitra, timezone: America/Los_Angeles, hours: ["09:00-17:00"], days: [mon, tue, wed, thu] }
rosters:
  tech-lead:
    members: [Ana, "<Ben> & co", Chitra]
    overrides: [{ person: Ana, from: 2025-10-22T00:00:00+03:00, to: 2025-10-23T00:00:00+03:00, off: true }]
`,
  'team.yaml',
);
const WEEK = { from: Date.parse('2025-10-20T00:00+01:00'), to: Date.parse('2025-10-27T00:00Z') };
const SVG = drawWeekStrip(TEAM, 'tech-lead', WEEK);

interface Drawn {
  text: string;
  x: number;
  y: number;
}

function texts(svg: string): Drawn[] {
  return [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, y, text]) => ({
    text: text ?? '',
    x: Number(x),
    y: Number(y),
  }));
}

function at(text: string): Drawn[] {
  return texts(SVG).filter((one) => one.text === text);
}

describe('the picture of a week', () => {
  test('names the roster, the week, whose clock it is, every day and every person with their distance', () => {
    const all = texts(SVG).map(({ text }) => text);
    expect(all).toEqual(
      expect.arrayContaining(['tech-lead, week of Mon 20 Oct 2025', 'London time (BST)', 'Mon 20', 'Sun 26']),
    );
    expect(all).toEqual(
      expect.arrayContaining([
        'Ana',
        'Bucharest, 2h ahead',
        '&lt;Ben&gt; &amp; co',
        'Los Angeles, 8h behind',
      ]),
    );
  });

  test('says how long nobody is there, and which clocks change', () => {
    expect(at('nobody 56h')).toHaveLength(1);
    expect(at('6h').length).toBeGreaterThan(1);
    expect(texts(SVG).at(-1)?.text).toBe(
      'Clocks change: London Sun 26 Oct 02:00 BST to 01:00 GMT, Bucharest Sun 26 Oct 04:00 EEST to 03:00 EET',
    );
  });

  test('shows days off in the row of who is off, under the day', () => {
    const [holiday, away, off] = [at('holiday')[0], at('away')[0], at('off')[0]];
    const day = (name: string) => at(name)[0]?.x ?? Number.NaN;
    expect(Math.abs((holiday?.x ?? 0) - day('Tue 21'))).toBeLessThan(20);
    expect(Math.abs((away?.x ?? 0) - day('Wed 22'))).toBeLessThan(20);
    expect(off?.x).toBeGreaterThan(day('Fri 24'));
    expect((away?.y ?? 0) < (holiday?.y ?? 0) && (holiday?.y ?? 0) < (off?.y ?? 0)).toBe(true);
    expect([at('holiday'), at('away'), at('off')].map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  test('stretches a week with an hour more over the same width', () => {
    const width = (svg: string) =>
      Math.max(
        ...[...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].map(
          ([, x, w]) => Number(x) + Number(w),
        ),
      );
    const ordinary = { from: Date.parse('2025-10-13T00:00+01:00'), to: Date.parse('2025-10-20T00:00+01:00') };
    expect(width(SVG)).toBe(width(drawWeekStrip(TEAM, 'tech-lead', ordinary)));
  });

  test('becomes a PNG with letters in it; the machine’s fonts are not asked for ours', async () => {
    const png = await pngOf(SVG);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2400);
    const withoutWords = await pngOf(SVG.replaceAll(/<text[^>]*>[^<]*<\/text>/g, ''));
    expect(png.equals(withoutWords)).toBe(false);
  });
});

test('words are escaped, control characters are gone, and long ones are cut with a mark', () => {
  expect(words('a<b>&"\u0000', 1, 2, 3)).toBe(
    '<text x="1" y="2" font-size="3">a&lt;b&gt;&amp;&quot; </text>',
  );
  expect(fitting('Benjamin', 10, 1000)).toBe('Benjamin');
  expect(fitting('Benjamin', 10, 30)).toMatch(/^Ben.*…$/);
});
