import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS, SHORTCUTS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { cardOf, declared, endsWell, form, lastAnswer, pressInAnswer, read, says } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario();
});
afterAll(() => scenario[Symbol.asyncDispose]());

describe('in one line', () => {
  test('opens a channel with the declarer, the pinned card and the announcement', async () => {
    const { slack } = scenario;
    const answer = await scenario.incident('U0BEN', 'incidents', 'declare sev1 LEAP hub outage');
    expect(answer).toBe('INC-1 is declared (sev1). Its channel opens now, and you are brought in.');
    const channel = slack.channel('inc-1-leap-hub-outage');
    expect(channel.private).toBe(false);
    expect(channel.topic).toBe('INC-1 LEAP hub outage · sev1 · investigating · Responder: Ben');
    expect(slack.members(channel.id)).toContain('U0BEN');
    expect(slack.pins(channel.id)).toHaveLength(1);
    const card = cardOf(scenario, channel.id);
    expect(card).toContain('INC-1 LEAP hub outage');
    expect(card).toContain('*Responder:* <@U0BEN>');
    expect(card).toContain('*Communications:* nobody yet');
    const announced = slack
      .messages('incidents')
      .map(wordsOf)
      .filter((words) => words.includes('INC-1'));
    expect(announced).toEqual([
      `*INC-1 LEAP hub outage*\nsev1 Outage · 🔴 investigating\nDeclared Tue 12 Aug 16:59 BST. <@U0BEN> responds. Join <#${channel.id}>.`,
    ]);
    expect(slack.bookmarks(channel.id).map(({ title }) => title)).toEqual(['Incident card']);
  });

  test('the same thing again is offered to be joined', async () => {
    const answer = await scenario.incident('U0DORA', 'incidents', 'declare the LEAP hub is down');
    expect(answer).toContain('INC-1 “LEAP hub outage” is open already in <#');
    await pressInAnswer(scenario, 'U0DORA', ACTIONS.joinInstead);
    expect(lastAnswer(scenario, 'U0DORA')).toBe('Welcome to INC-1: you are brought into its channel.');
    expect(scenario.slack.members('inc-1-leap-hub-outage')).toContain('U0DORA');
    expect(scenario.slack.channels().filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
  });

  test('or declared all the same, once however often the button is pressed', async () => {
    await scenario.incident('U0DORA', 'incidents', 'declare sev2 the LEAP hub is down');
    const offer = scenario.slack.ephemerals('U0DORA').at(-1);
    await pressInAnswer(scenario, 'U0DORA', ACTIONS.declareAnyway);
    expect(lastAnswer(scenario, 'U0DORA')).toContain('INC-2 is declared (sev2)');
    expect(offer?.id).toBe(scenario.slack.ephemerals('U0DORA').at(-1)?.id);
    expect(scenario.slack.channel('inc-2-the-leap-hub-is-down').members).toContain('U0DORA');
    await scenario.incident('U0DORA', 'inc-2-the-leap-hub-is-down', 'cancel');
  });

  test.each([
    ['sev-2 A', /declared \(sev2\)/],
    ['sev9 hub is down', /^“sev9” is no severity, so nothing was declared\. One of: sev1, sev2, sev3, sev4/],
    ['private sev0 hub is down', /^“sev0” is no severity/],
    ['P3 B', /declared \(sev3\)/],
    ['private sev4 C', /declared \(sev4\)/],
    ['sev4 private D', /declared \(sev4\)/],
    ['severe weather', /declared \(sev1\)/],
  ])('reads “declare %s”', async (line, expected) => {
    expect(await scenario.incident('U0BEN', 'incidents', `declare ${line}`)).toMatch(expected);
  });

  test('a channel name that is taken gets a suffix', async () => {
    const next = scenario.slack.channels().filter(({ name }) => /^inc-\d/.test(name)).length + 1;
    scenario.slack.create('U0ANA', `inc-${next}-disk-full`);
    const channel = await declared(scenario, 'U0BEN', 'sev3 Disk full');
    expect(scenario.slack.channel(channel).name).toBe(`inc-${next}-disk-full-2`);
  });
});

describe('titles are shown as they were typed', () => {
  test.each([
    ['*stars* and _lines_', '*stars* and _lines_', 'stars-and-lines'],
    ['<!channel> look', '@channel look', 'channel-look'],
    ['@sarika and @ana are locked out', 'sarika and Ana are locked out', 'sarika-and-ana-are-locked-out'],
    ['&amp; :fire:', '&amp; 🔥', 'amp'],
    ['R&D <b>hub</b>', 'R&D <b>hub</b>', 'r-d-b-hub-b'],
    ['🔥🔥🔥', '🔥🔥🔥', ''],
    ['\u202Eתקלה בשרת', '\u202Eתקלה בשרת', ''],
    ['../../etc/passwd', '../../etc/passwd', 'etc-passwd'],
    ['“quoted” `code`', '“quoted” `code`', 'quoted-code'],
    ['“quoted whole”', 'quoted whole', 'quoted-whole'],
  ])('%s', async (typed, shown, name) => {
    const id = await declared(scenario, 'U0BEN', `sev3 ${typed}`);
    const channel = scenario.slack.channel(id);
    expect(channel.name.replace(/^inc-\d+-?/, '')).toBe(name);
    const header = scenario.slack.pins(id)[0]?.blocks?.[0] as { text: { text: string } };
    expect(header.text.text.replace(/^INC-\d+ /, '')).toBe(shown);
    expect(JSON.stringify(scenario.slack.messages(id))).not.toContain('<!channel>');
    expect(JSON.stringify(scenario.slack.messages('incidents'))).not.toContain('<!channel>');
  });

  test('200 characters are taken, 201 refused with what to do, and no channel', async () => {
    const channel = await declared(scenario, 'U0BEN', `sev3 ${'é'.repeat(200)}`);
    expect(scenario.slack.channel(channel).name.length).toBeLessThanOrEqual(80);
    const channels = scenario.slack.channels().length;
    const answer = await scenario.incident('U0BEN', 'incidents', `declare sev3 ${'é'.repeat(201)}`);
    expect(answer).toBe(
      'The title has 201 characters; 200 is the most. Shorten it, and put the rest in the channel.',
    );
    expect(scenario.slack.channels()).toHaveLength(channels);
  });
});

describe('by form', () => {
  test('what is typed becomes the incident', async () => {
    const { slack } = scenario;
    expect(await scenario.incident('U0ANA', 'incidents', '')).toContain('The form opens.');
    const view = await form(scenario, 'U0ANA');
    const sent = await slack.submit('U0ANA', view.id, {
      title: 'Storage is slow',
      severity: 'sev2',
      responder: 'U0BEN',
    });
    expect(sent.status).toBe(200);
    expect(sent.errors).toBeUndefined();
    await scenario.quiet();
    const channel = slack.channels().find(({ name }) => name.endsWith('storage-is-slow'));
    expect(channel?.members).toEqual(expect.arrayContaining(['U0ANA', 'U0BEN']));
    expect(cardOf(scenario, channel?.id ?? '')).toContain('*Responder:* <@U0BEN>');
    expect(lastAnswer(scenario, 'U0ANA')).toMatch(/^INC-\d+ is declared \(sev2\)/);
  });

  test('an empty title keeps the form and says what is missing; then it can be sent', async () => {
    const { slack } = scenario;
    await scenario.incident('U0ANA', 'incidents', 'declare sev3');
    const view = await form(scenario, 'U0ANA');
    const refused = await slack.submit('U0ANA', view.id, { title: '   ' });
    expect(refused.errors).toEqual({ title: 'An incident needs a title, such as: LEAP hub is down' });
    expect(refused.view?.id).toBe(view.id);
    const sent = await slack.submit('U0ANA', view.id, { title: 'Mail is late' });
    expect(sent.errors).toBeUndefined();
    await scenario.quiet();
    expect(slack.channels().some(({ name }) => name.endsWith('mail-is-late'))).toBe(true);
  });

  test('the bot is refused as a responder', async () => {
    await scenario.incident('U0ANA', 'incidents', '');
    const view = await form(scenario, 'U0ANA');
    const refused = await scenario.slack.submit('U0ANA', view.id, { title: 'X', responder: 'UDAYWATCH' });
    expect(refused.errors).toEqual({ responder: 'I cannot respond; choose a person' });
    await scenario.slack.close('U0ANA', view.id);
  });
});

describe('from a message', () => {
  test('that message is the first entry, at its own time, with what it says', async () => {
    const { slack } = scenario;
    const ts = await says(scenario, 'U0BEN', 'incidents', 'Nobody can log in to *Callysto*');
    await scenario.pass(7);
    await slack.shortcut('U0DORA', SHORTCUTS.declare, 'incidents', ts);
    const view = await form(scenario, 'U0DORA');
    expect(JSON.stringify(view.blocks)).toContain('Nobody can log in to Callysto');
    await slack.submit('U0DORA', view.id, { severity: 'sev2' });
    await scenario.quiet();
    const channel = slack.channels().find(({ name }) => name.endsWith('nobody-can-log-in-to-callysto'));
    const timeline = await scenario.incident('U0DORA', channel?.id ?? '', 'timeline');
    const said = timeline.indexOf('<@U0BEN>: Nobody can log in to *Callysto*');
    const declaredAt = timeline.indexOf('<@U0DORA> declares the incident');
    expect(said).toBeGreaterThan(-1);
    expect(declaredAt).toBeGreaterThan(said);
    expect(timeline).toContain('*16:59 BST*');
    expect(timeline).toContain('*17:06 BST*');
  });
});

describe('in private', () => {
  test('is a private channel from the start, announced to nobody, and in nobody else’s list', async () => {
    const { slack } = scenario;
    const before = read(scenario, 'incidents');
    const channel = await declared(scenario, 'U0DORA', 'sev2 private Payroll data seen by others');
    expect(slack.channel(channel).private).toBe(true);
    expect(slack.members(channel)).toContain('U0DORA');
    expect(slack.members(channel)).not.toContain('U0BEN');
    expect(read(scenario, 'incidents')).toBe(before);
    expect(await scenario.incident('U0BEN', 'incidents', 'list')).not.toContain('Payroll');
    expect(await scenario.incident('U0DORA', 'incidents', 'list')).toContain('Payroll');
    const created = slack.calls.filter(({ method }) => method === 'conversations.create').at(-1);
    expect(String(created?.args.is_private)).toBe('true');
  });

  test('declaring the same thing does not tell others of it', async () => {
    const answer = await scenario.incident('U0BEN', 'incidents', 'declare sev3 Payroll data seen by others');
    expect(answer).toMatch(/is declared/);
  });

  test('where Slack refuses a private channel, nothing public is made and the declarer is told', async () => {
    const { slack } = scenario;
    const channels = slack.channels().length;
    const announced = slack.messages('incidents').length;
    slack.faults.add({
      match: ({ name }) => name === 'conversations.create',
      when: 'before',
      times: 2,
      act: { kind: 'answer', status: 200, body: '{"ok":false,"error":"restricted_action"}' },
    });
    const answer = await scenario.incident('U0DORA', 'incidents', 'declare sev2 private Grievance');
    const name = /INC-\d+/.exec(answer)?.[0];
    await scenario.quiet();
    expect(slack.channels()).toHaveLength(channels);
    const direct = slack.directMessages('U0DORA').map(wordsOf).at(-1);
    expect(direct).toContain(`${name} is declared and kept, but its channel could not be made`);
    slack.faults.clear();
    await scenario.pass(3);
    const made = slack.channels().find((channel) => channel.name.endsWith('grievance'));
    expect(made?.private).toBe(true);
    expect(made?.members).toContain('U0DORA');
    expect(slack.messages('incidents')).toHaveLength(announced);
  });
});

endsWell(() => scenario);
