import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawChart } from '../../src/actions/draw-chart.ts';
import { ACTIONS } from '../../src/slack/ids.ts';
import { incidentByNumber } from '../../src/store/incidents.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, hasButton, lastAnswer, messageWith, press, read } from './eyes.ts';

const START = Date.parse('2025-08-12T17:04:00+01:00');
const REPORTS = '2i2c-org/incident-reports';
const NAME = '2025-08-12-inc-1-leap-hub-outage';
/** A look a minute from each of three places. */
const CHECK = {
  host: 'leap.2i2c.cloud',
  periodSeconds: 60,
  places: [
    { name: 'usa-iowa', offsetSeconds: 5 },
    { name: 'usa-oregon', offsetSeconds: 25 },
    { name: 'usa-virginia', offsetSeconds: 45 },
  ],
  down: [{ from: new Date('2025-08-12T16:02:10Z'), to: new Date('2025-08-12T16:09:30Z') }],
};

const CONFIRM_END = `${ACTIONS.confirmImpact}_end`;

let scenario: Scenario;
let channel: string;
afterAll(() => scenario[Symbol.asyncDispose]());

function saved(extension: string, name = NAME): Promise<Buffer> {
  return readFile(join(scenario.dataDir, 'reports', `${name}.${extension}`));
}

/** Which time of the wall clock stands at `x` of a chart, in minutes, by the times under its axis. */
function minuteAt(svg: string, x: number): number {
  const ticks = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>(\d\d):(\d\d)<\/text>/g)].map(
    ([, at, hours, minutes]) => ({ x: Number(at), minute: Number(hours) * 60 + Number(minutes) }),
  );
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!first || !last || first === last) throw new Error('the chart shows no times');
  return first.minute + ((x - first.x) * (last.minute - first.minute)) / (last.x - first.x);
}

/** From when to when the impact is shaded, as `17:02`; undefined where nothing is. */
function shaded(svg: string): string[] | undefined {
  const [, x, width] =
    /<rect x="([\d.]+)" y="\d+" width="([\d.]+)"[^>]*fill="#f5a623" opacity="0.2"/.exec(svg) ?? [];
  return x === undefined ? undefined : [clock(svg, Number(x)), clock(svg, Number(x) + Number(width))];
}

/** When the marks of this colour stand, the one of the legend left out. */
function marked(svg: string, fill: string): string[] {
  const marks = svg.matchAll(/<path [^>]*fill="(#\w+)"[^>]*transform="translate\(([\d.]+) /g);
  return [...marks]
    .filter(([, colour]) => colour === fill)
    .map(([, , x]) => clock(svg, Number(x)))
    .slice(0, -1);
}

function clock(svg: string, x: number): string {
  const minute = Math.round(minuteAt(svg, x));
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** Messages of the channel with files of these names. */
function shared(name: string, where = channel) {
  return scenario.slack
    .messages(where)
    .filter(({ files }) => files?.some((file) => file.name.startsWith(name) && !file.name.endsWith('.md')));
}

describe('an incident whose host Google looks at', () => {
  beforeAll(async () => {
    scenario = await startScenario({
      start: START,
      googleApi: true,
      team: TEAM_YAML.replace('  public: true\n', `  public: true\n  repository: ${REPORTS}\n`),
      repositories: ['2i2c-org/infrastructure', REPORTS],
    });
    scenario.google.uptimeCheck(CHECK);
    scenario.google.uptimeCheck({ host: 'other.2i2c.cloud' });
    channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
    await scenario.incident('U0BEN', channel, 'log 17:06 BST Restarts the hub');
    await scenario.pass(7);
    // Slack takes the picture, and its answer is lost: a second attempt finds it.
    scenario.slack.faults.add({
      match: ({ name, args }) =>
        name === 'files.completeUploadExternal' && JSON.stringify(args).includes('.png'),
      when: 'after',
      act: { kind: 'cut' },
    });
    await scenario.incident('U0BEN', channel, 'resolve');
    await scenario.pass(1);
  });

  test('has its chart in the channel as PNG and SVG, once, with words for those who do not see it', async () => {
    const messages = shared(NAME);
    expect(messages.map(({ files }) => files?.map(({ name }) => name))).toEqual([
      [`${NAME}.png`, `${NAME}.svg`],
    ]);
    expect(messages[0]?.text).toBe(
      '📈 The uptime check of leap.2i2c.cloud. It failed from 17:02:25 BST until it passed again at 17:09:45 BST (7 min).',
    );
  });

  test('has it beside the report, which shows it', async () => {
    expect((await saved('png')).subarray(1, 4).toString()).toBe('PNG');
    expect((await saved('svg')).toString()).toContain('>Uptime check of leap.2i2c.cloud</text>');
    expect((await saved('md')).toString()).toContain(
      `![INC-1: uptime check of leap.2i2c.cloud, 2025-08-12 16:04 to 17:11 BST. It failed from 17:02:25 BST until it passed again at 17:09:45 BST (7 min).](${NAME}.png)`,
    );
  });

  test('shows the entries as marks at their times, and shades nothing before the impact is known', async () => {
    const svg = (await saved('svg')).toString();
    expect(shaded(svg)).toBeUndefined();
    expect(marked(svg, '#b5b5b5')).toContain('17:06');
    expect(marked(svg, '#1d1c1d')).toContain('17:11');
  });

  test('is offered the first failure and the recovery to the sample, one button each', async () => {
    expect(read(scenario, channel)).toContain(
      'The uptime check of leap.2i2c.cloud first failed at 17:02:25 BST; it had last passed at 17:02:05 BST.',
    );
    await press(scenario, 'U0BEN', channel, ACTIONS.confirmImpact);
    const card = wordsOf(scenario.slack.pins(channel)[0]);
    expect(card).toContain('17:02');
    const svg = (await saved('svg')).toString();
    expect(svg).toContain('impact 17:02 BST to 17:11 BST');
    expect(shaded(svg)).toEqual(['17:02', '17:11']);
    const { ts } = messageWith(scenario, channel, 'So perhaps users were hurt until *17:09:45 BST*');
    await scenario.slack.press('U0BEN', { channel, ts }, CONFIRM_END);
    await scenario.quiet();
    expect(lastAnswer(scenario, 'U0BEN')).toContain('17:09');
    expect(wordsOf(scenario.slack.pins(channel)[0])).toContain('17:09');
    expect(shaded((await saved('svg')).toString())).toEqual(['17:02', '17:10']);
  });

  test('what a person set is not asked about', async () => {
    await scenario.incident('U0BEN', channel, 'impact end 17:10 BST');
    const offer = scenario.slack
      .messages(channel)
      .find((message) => wordsOf(message).includes('passed again at 17:09:45 BST. So perhaps'));
    expect(offer).toBeDefined();
    expect(hasButton(offer?.blocks, CONFIRM_END)).toBe(false);
    expect(wordsOf(offer)).toContain('☑ The impact end is 17:10 BST.');
    expect((await saved('svg')).toString()).toContain('impact 17:02 BST to 17:10 BST');
  });

  test('an hour later the saved chart shows the hour after too, and nothing is posted again', async () => {
    expect((await saved('svg')).toString()).not.toContain('>18:00</text>');
    await scenario.away(67);
    expect((await saved('svg')).toString()).toContain('>18:00</text>');
    expect((await saved('md')).toString()).toContain('16:02 to 18:11 BST');
    expect(shared(NAME)).toHaveLength(1);
  });

  test('the same incident and the same looks are the same bytes', async () => {
    const { core } = scenario.app;
    const incident = await incidentByNumber(core.store.database.prisma, 1);
    const chart = incident && (await drawChart(core, incident));
    expect(chart?.svg).toBe((await saved('svg')).toString());
    expect(Buffer.from((await chart?.png()) ?? []).equals(await saved('png'))).toBe(true);
  });

  test('is published beside the report that shows it, the very picture', async () => {
    await scenario.incident('U0BEN', channel, 'report publish');
    await scenario.quiet();
    const branch = 'daywatch/inc-1-report';
    const report = scenario.github.file(REPORTS, 'reports/2025-08-12-leap-hub-outage.md', branch);
    expect(report).toMatch(/!\[INC-1: uptime check of leap\.2i2c\.cloud[^\]]*\]\(inc-1-uptime\.png\)/);
    const png = scenario.github.bytes(REPORTS, 'reports/inc-1-uptime.png', branch);
    expect(png?.equals(await saved('png'))).toBe(true);
  });

  test('while Google is away a report comes without its chart, which is said once; the chart follows', async () => {
    const name = '2025-08-12-inc-2-leap-hub-again';
    scenario.google.uptimeCheck({ ...CHECK, down: [] });
    const second = await declared(scenario, 'U0BEN', 'sev2 private LEAP hub again');
    scenario.google.away(true);
    await scenario.incident('U0BEN', second, 'resolve');
    expect((await saved('md', name)).toString()).not.toContain('![');
    await scenario.pass(4);
    expect(read(scenario, second).match(/Google Cloud Monitoring does not answer/g)).toHaveLength(1);
    expect(shared(name, second)).toEqual([]);
    scenario.google.away(false);
    await scenario.pass(2);
    expect(shared(name, second)).toHaveLength(1);
    expect((await saved('md', name)).toString()).toContain(`](${name}.png)`);
    const elsewhere = scenario.slack.channels().filter(({ id }) => id !== second);
    expect(elsewhere.flatMap(({ id }) => shared(name, id))).toEqual([]);
  });

  test('an incident of nothing that is looked at has a report and no chart', async () => {
    const third = await declared(scenario, 'U0BEN', 'sev3 Printer on fire');
    const asked = () => scenario.google.calls.filter(({ name }) => name === 'ListTimeSeries').length;
    const before = asked();
    await scenario.incident('U0BEN', third, 'resolve');
    expect(asked()).toBe(before);
    const files = (await readdir(join(scenario.dataDir, 'reports'))).sort();
    expect(files.filter((name) => name.includes('printer'))).toEqual([
      '2025-08-12-inc-3-printer-on-fire.html',
      '2025-08-12-inc-3-printer-on-fire.md',
    ]);
  });

  test('of an outage that is only written down the check is read around its lines, whenever that is', async () => {
    scenario.google.uptimeCheck(CHECK);
    await scenario.jump(30 * 60);
    await scenario.incident('U0DORA', 'incidents', 'declare retrospective sev2 LEAP hub of old');
    const old = scenario.slack.channels().find(({ name }) => name.endsWith('leap-hub-of-old'))?.id ?? '';
    await scenario.incident('U0DORA', old, 'log 2025-08-12 17:03 the hub is down');
    await scenario.incident('U0DORA', old, 'log 2025-08-12 17:08 somebody restarts it');
    await scenario.incident('U0DORA', old, 'resolve');
    await scenario.pass(1);
    expect(read(scenario, old)).toMatch(/first failed at (Tue 12 Aug )?17:02:25 BST/);
    await press(scenario, 'U0DORA', old, ACTIONS.confirmImpact);
    expect(wordsOf(scenario.slack.pins(old)[0])).toContain('Tue 12 Aug 2025 17:02');
    const [picture] = shared('2025-08-12-inc-', old);
    const svg = (await saved('svg', picture?.files?.[0]?.name.replace(/\.png$/, ''))).toString();
    expect(svg).toContain('Uptime check of leap.2i2c.cloud');
    expect(svg).not.toMatch(/>declared|>resolved/);
  });

  endsWell(() => scenario);
});
