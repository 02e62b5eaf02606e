import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, messageWith, read, says } from '../scenarios/eyes.ts';
import { ApiClient, TOKEN } from './api-client.ts';

describe('a team tells its incident through the API', () => {
  let s: Scenario;
  let api: ApiClient;
  beforeAll(async () => {
    s = await startScenario({ env: { API_TOKEN: TOKEN } });
    api = await ApiClient.of(() => s.app.url);
  });
  afterAll(() => s?.[Symbol.asyncDispose]());
  endsWell(() => s);

  test('it declares, and its channel opens as after any declaring', async () => {
    const answer = await api.post('/incidents', {
      title: 'LEAP hub is down',
      severity: 'sev2',
      by: 'ben@example.org',
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        number: 1,
        name: 'INC-1',
        status: 'investigating',
        service: 'LEAP hub',
        declaredBy: { name: 'Ben' },
      },
    });
    await s.quiet();
    const { body } = await api.get('/incidents/1');
    expect(body.channel.name).toContain('inc-1-leap-hub');
    expect(body.roles.responder).toEqual({ kind: 'person', name: 'Ben', id: 'U0BEN' });
  });

  test('the same thing twice is offered, and declared when it is another one', async () => {
    const again = await api.post('/incidents', { title: 'LEAP hub is down', by: 'Ana' });
    expect(again).toMatchObject({ status: 409, body: { incident: 'INC-1' } });
    expect(again.body.error).toContain('"anyway": true');
    const anyway = await api.post('/incidents', { title: 'LEAP hub is down', by: 'Ana', anyway: true });
    expect(anyway).toMatchObject({ status: 201, body: { number: 2 } });
    await s.quiet();
  });

  test('entries stand at the time that is given or typed, in the order in which it happened', async () => {
    const later = await api.post('/incidents/1/entries', {
      text: 'Re-deployed `prod` at last',
      at: '2025-08-12T16:51:00+01:00',
      by: 'Ben',
    });
    expect(later).toMatchObject({ status: 201, body: { at: '2025-08-12T15:51:00.000Z', origin: 'http' } });
    const typed = await api.post('/incidents/INC-1/entries', {
      text: 'First complaint',
      when: 'ca. 18:30-18:45',
      timezone: 'Europe/Bucharest',
      kind: 'report',
      author: 'Sarika de Bruyn',
      by: { service: 'zulip-bridge' },
    });
    expect(typed).toMatchObject({
      status: 201,
      body: {
        at: '2025-08-12T15:30:00.000Z',
        until: '2025-08-12T15:45:00.000Z',
        approximate: true,
        author: { kind: 'person', name: 'Sarika de Bruyn' },
        recordedBy: { kind: 'service', name: 'zulip-bridge' },
      },
    });
    const { body } = await api.get('/incidents/1/entries');
    const texts = body.entries.map(({ text }: { text: string }) => text);
    expect(texts.indexOf('First complaint')).toBeLessThan(texts.indexOf('Re-deployed `prod` at last'));
    await s.quiet();
    const { channel } = (await api.get('/incidents/1')).body;
    expect(read(s, channel.id)).toContain('First complaint');
  });

  test('a doubtful time is asked about, and a wrong one says what is right', async () => {
    const doubtful = await api.post('/incidents/1/entries', {
      text: 'x',
      when: '2024-10-27 01:30',
      timezone: 'Europe/London',
    });
    expect(doubtful.status).toBe(422);
    expect(doubtful.body.choices).toEqual([
      expect.objectContaining({ at: '2024-10-27T01:30:00+01:00' }),
      expect.objectContaining({ at: '2024-10-27T01:30:00+00:00' }),
    ]);
    const wrong = async (body: object) =>
      (await api.post('/incidents/1/entries', { text: 'x', ...body })).body.error;
    expect(await wrong({ when: 'soonish' })).toContain('“soonish” is no time. Write 17:32');
    expect(await wrong({ at: '2025-08-12T16:00:00' })).toContain('at must be an instant with an offset');
    expect(await wrong({ at: '2025-08-13T16:00:00Z' })).toContain('is still to come');
    expect(await wrong({ until: '2025-08-12T16:00:00Z' })).toContain('need `at`');
    expect(await wrong({ by: 'Bob' })).toContain('“Bob”');
    expect(await wrong({ kind: 'gossip', colour: 'red' })).toMatch(
      /kind must be one of message, .*has no field colour/,
    );
    const entries = (await api.get('/incidents/1/entries')).body.entries;
    expect(entries.filter(({ text }: { text: string }) => text === 'x')).toEqual([]);
  });

  test('an entry is edited, moved, taken out and brought back; who and what was before is kept', async () => {
    const { entries } = (await api.get('/incidents/1/entries')).body;
    const { id } = entries.find(({ text }: { text: string }) => text === 'First complaint');
    const path = `/incidents/1/entries/${id}`;
    const edited = await api.patch(path, { text: 'The first complaint', when: '16:20', by: 'Ana' });
    expect(edited.body).toMatchObject({
      text: 'The first complaint',
      formerTexts: ['First complaint'],
      at: '2025-08-12T15:20:00.000Z',
    });
    const amended = await api.patch(path, {
      kind: 'note',
      code: '$ kubectl get pods',
      link: 'https://example.org/a',
      role: 'users',
    });
    expect(amended.body).toMatchObject({
      text: 'The first complaint',
      kind: 'note',
      code: '$ kubectl get pods',
      link: 'https://example.org/a',
      role: 'users',
    });
    const less = (await api.patch(path, { code: null, role: null, kind: 'report' })).body;
    expect([less.code, less.role, less.kind, less.link]).toEqual([
      undefined,
      undefined,
      'report',
      'https://example.org/a',
    ]);
    expect(less.formerTexts).toEqual([
      'First complaint',
      'The first complaint',
      'The first complaint\n\n```\n$ kubectl get pods\n```',
    ]);
    expect((await api.patch(path, { by: 'Ana' })).body.error).toContain('There is nothing to change');
    expect((await api.patch(path, { kind: 'gossip' })).status).toBe(422);
    expect((await api.delete(path)).body).toMatchObject({ removed: true });
    expect(
      (await api.get('/incidents/1/entries')).body.entries.map((e: { id: string }) => e.id),
    ).not.toContain(id);
    expect(
      (await api.get('/incidents/1/entries?removed=true')).body.entries.map((e: { id: string }) => e.id),
    ).toContain(id);
    expect((await api.post(`${path}/restore`, {})).body).toMatchObject({ removed: false });
    expect((await api.get(path)).body).toMatchObject({ text: 'The first complaint', removed: false });
    expect((await api.patch(path, {})).status).toBe(422);
    const own = entries.find(({ origin }: { origin: string }) => origin === 'daywatch');
    expect(await api.patch(`/incidents/1/entries/${own.id}`, { text: 'y' })).toMatchObject({ status: 409 });
    expect((await api.get('/incidents/1/entries/nope')).status).toBe(404);
  });

  test('pages of entries join to the whole', async () => {
    const whole = (await api.get('/incidents/1/entries')).body.entries;
    const paged = [];
    let after = '';
    for (;;) {
      const { body } = await api.get(`/incidents/1/entries?limit=2${after}`);
      paged.push(...body.entries);
      if (body.next === undefined) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(paged).toEqual(whole);
    expect((await api.get('/incidents/1/entries?after=gone')).status).toBe(422);
    expect((await api.get('/incidents/1/entries?limit=0')).status).toBe(422);
  });

  test('updates, action items and lessons', async () => {
    const update = await api.post('/incidents/1/updates', { text: 'We are on it.', by: 'Dora' });
    expect(update).toMatchObject({ status: 201, body: { kind: 'update' } });
    expect((await api.get('/incidents/1/updates')).body.updates).toHaveLength(1);
    expect((await api.get('/incidents/1')).body.updates).toMatchObject({ count: 1 });
    const item = await api.post('/incidents/1/action-items', {
      title: 'Alert on it',
      category: 'technical',
      link: 'https://github.com/o/r/issues/9',
      by: 'Ben',
    });
    expect(item).toMatchObject({
      status: 201,
      body: { id: '1', done: false, link: 'https://github.com/o/r/issues/9' },
    });
    expect((await api.get('/incidents/1/action-items')).body.actionItems).toEqual([item.body]);
    const path = '/incidents/1/action-items/1';
    const changed = await api.patch(path, {
      title: 'Alert on 502',
      owner: 'Ana',
      due: '2025-09-01',
      done: true,
    });
    expect(changed.body).toMatchObject({
      title: 'Alert on 502',
      category: 'technical',
      owner: { name: 'Ana' },
      due: '2025-09-01',
      done: true,
    });
    expect((await api.patch(path, { done: false })).body).toMatchObject({ done: false, due: '2025-09-01' });
    expect((await api.patch(path, {})).body.error).toContain('There is nothing to change: give `title`');
    expect((await api.patch(path, { owner: 'Bob' })).body.error).toContain('“Bob”');
    expect((await api.patch(path, { due: 'friday' })).status).toBe(422);
    expect((await api.patch('/incidents/1/action-items/9', { done: true })).status).toBe(404);
    const second = { title: 'Not needed', owner: 'Dora', due: '2025-09-02' };
    expect((await api.post('/incidents/1/action-items', second)).body).toMatchObject({
      owner: { name: 'Dora' },
    });
    expect((await api.delete('/incidents/1/action-items/2')).body).toMatchObject({ withdrawn: true });
    expect((await api.get('/incidents/1/action-items')).body.actionItems).toHaveLength(1);
    const lesson = await api.post('/incidents/1/lessons', { kind: 'lucky', text: 'It was day' });
    expect(lesson).toMatchObject({
      status: 201,
      body: { kind: 'lucky', by: { kind: 'service', name: 'API' } },
    });
    expect((await api.get('/incidents/1/lessons')).body.lessons).toEqual([lesson.body]);
    expect((await api.get('/incidents/1')).body).toMatchObject({
      lessons: { well: [], badly: [], lucky: [lesson.body] },
      actionItems: [{ id: '1', owner: { name: 'Ana' }, due: '2025-09-01' }],
      report: {},
    });
    await s.quiet();
  });

  test('everything about it is changed at once or not at all', async () => {
    const refused = await api.patch('/incidents/1', {
      title: 'LEAP hub outage',
      impact: { start: { when: '16:30' }, end: { when: '16:00' } },
    });
    expect(refused.status).toBe(422);
    expect(refused.body.error).toContain('cannot end before it started');
    expect((await api.get('/incidents/1')).body).toMatchObject({ title: 'LEAP hub is down', impact: {} });
    const done = await api.patch('/incidents/1', {
      title: 'LEAP hub outage',
      severity: 'sev1',
      impact: { start: { when: 'ca. 16:00' } },
      resolution: 'Deployed again.',
      status: 'resolved',
      by: 'Ben',
    });
    expect(done.body).toMatchObject({
      title: 'LEAP hub outage',
      severity: 'sev1',
      status: 'resolved',
      impact: { start: { at: '2025-08-12T15:00:00.000Z', approximate: true } },
    });
    await s.quiet();
    expect((await api.patch('/incidents/1', { status: 'identified' })).body.status).toBe('identified');
    expect((await api.patch('/incidents/1', { status: 'resolved' })).body.status).toBe('resolved');
    expect((await api.get('/incidents/1')).body.report).toEqual({
      state: 'draft',
      file: expect.stringMatching(/\.md$/),
    });
    expect((await api.patch('/incidents/1', { status: 'closed' })).body.status).toBe('closed');
    const late = await api.post('/incidents/1/entries', { text: 'late' });
    expect(late.status).toBe(409);
    expect(late.body.error).toContain('Reopen it first: PATCH /api/v1/incidents/1');
    await s.quiet();
  });

  test('the report, rendered as wished and as it was saved', async () => {
    const { body } = await api.get('/incidents/1/report?template=binder&timezone=Europe/Paris&public=true');
    expect(body).toMatchObject({
      incident: 'INC-1',
      template: 'binder',
      timezone: 'Europe/Paris',
      public: true,
    });
    expect(body.markdown).toContain('All times in CEST (UTC+2)');
    expect(body.markdown).not.toMatch(/Ben|Sarika/);
    expect((await api.get('/incidents/1/report?template=../../etc/passwd')).status).toBe(422);
    expect((await api.get('/incidents/1/report?timezone=BST')).status).toBe(422);
    const saved = await api.get('/incidents/1/report/saved');
    expect(saved.body.file).toMatch(/^2025-08-12-inc-1-.*\.md$/);
    expect(saved.body.markdown).toContain('LEAP hub outage');
    expect((await api.get('/incidents/2/report/saved')).status).toBe(404);
  });

  test('a private incident is a number and nothing more', async () => {
    const channel = await declared(s, 'U0BEN', 'sev1 private Payroll leak');
    await says(s, 'U0BEN', channel, 'secret words');
    const number = 3;
    const shut = `/incidents/${number}`;
    const list = (await api.get('/incidents')).body.incidents;
    expect(list[0]).toEqual({ number, name: 'INC-3', private: true, title: 'Private incident INC-3' });
    expect((await api.get(shut)).body).toEqual(list[0]);
    for (const filter of ['status=open', 'severity=sev1', 'since=2020-01-01T00:00:00Z']) {
      const numbers = (await api.get(`/incidents?${filter}`)).body.incidents.map(
        (one: { number: number }) => one.number,
      );
      expect(numbers).not.toContain(number);
    }
    const answers = [
      await api.get(`${shut}/entries`),
      await api.get(`${shut}/updates`),
      await api.get(`${shut}/action-items`),
      await api.get(`${shut}/lessons`),
      await api.get(`${shut}/report`),
      await api.get(`${shut}/report/saved`),
      await api.post(`${shut}/entries`, { text: 'x' }),
      await api.patch(shut, { status: 'resolved' }),
      await api.post(`${shut}/lessons`, { kind: 'well', text: 'x' }),
      await api.post('/incidents', { title: 'Payroll leak', by: 'Ben' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(403), 201]);
    expect(JSON.stringify(answers.slice(0, 9))).not.toMatch(/Payroll|secret/);
    expect(messageWith(s, channel, 'secret words')).toBeDefined();
  });

  test('the list has pages, and what is not there or not possible says so', async () => {
    const first = (await api.get('/incidents?limit=2')).body;
    const second = (await api.get(`/incidents?limit=2&cursor=${first.next}`)).body;
    const numbers = [...first.incidents, ...second.incidents].map((one: { number: number }) => one.number);
    expect(numbers).toEqual([4, 3, 2, 1]);
    expect(second.next).toBeUndefined();
    expect((await api.get('/incidents/99')).status).toBe(404);
    expect((await api.post('/incidents/99/entries', { text: 'x' })).status).toBe(404);
    expect((await api.get('/incidents/twelve')).status).toBe(404);
    expect((await api.get('/nothing')).status).toBe(404);
    const wrong = await api.send('put', '/incidents', {});
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, POST');
  });

  test('only with the token, and only what can be read', async () => {
    for (const token of [null, '', 'wrong', `${TOKEN}x`]) {
      const answer = await api.get('/incidents', { token });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await api.post('/incidents', undefined, { raw: '{"title":' })).status).toBe(400);
    expect((await api.post('/incidents', undefined, { raw: '[]' })).status).toBe(400);
    const big = JSON.stringify({ title: 'x'.repeat(1_100_000) });
    expect((await api.post('/incidents', undefined, { raw: big })).status).toBe(413);
  });

  test('what happens once for a key, whatever comes twice', async () => {
    const body = { text: 'once', when: '16:58' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => api.post('/incidents/2/entries', body, { key: 'entry-1' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map(({ body: told }) => JSON.stringify(told))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(5);
    const other = await api.post('/incidents/2/entries', { ...body, text: 'other' }, { key: 'entry-1' });
    expect(other.status).toBe(422);
    expect(other.body.error).toContain('used for another request');

    const wish = { title: 'Declared once', by: 'Ben' };
    const declares = await Promise.all(
      Array.from({ length: 4 }, () => api.post('/incidents', wish, { key: 'declare-1' })),
    );
    expect(new Set(declares.map(({ status, body: told }) => `${status} ${told.number}`)).size).toBe(1);
    await s.away(3);
    const replayed = await api.post('/incidents', wish, { key: 'declare-1' });
    expect(replayed.body).toEqual(declares[0]?.body);
    const { entries } = (await api.get('/incidents/2/entries')).body;
    expect(entries.filter(({ text }: { text: string }) => text === 'once')).toHaveLength(1);
    const refused = await api.post('/incidents/2/entries', { text: ' ' }, { key: 'entry-2' });
    expect(refused.status).toBe(422);
    expect((await api.post('/incidents/2/entries', { text: 'mended' }, { key: 'entry-2' })).status).toBe(201);
    expect((await api.post('/incidents/2/entries', { text: 'x' }, { key: 'é' })).status).toBe(400);
  });

  test('an alert of any source is taken, once for its key, and joins the incident of its service', async () => {
    const alert = { title: 'Hub answers slowly', labels: { host: 'leap.2i2c.cloud', cluster: 'leap' } };
    const taken = await api.post('/alerts', alert, { key: 'alert-1' });
    expect(taken).toMatchObject({ status: 202, body: { incident: expect.stringMatching(/^INC-/) } });
    expect((await api.post('/alerts', alert, { key: 'alert-1' })).body).toEqual(taken.body);
    expect((await api.post('/alerts', { ...alert, title: 'other' }, { key: 'alert-1' })).status).toBe(422);
    expect((await api.post('/alerts', { title: ' ' })).status).toBe(422);
    await s.quiet();
  });

  test('an entry names its files, whose bytes are to be had as something to save and not to show', async () => {
    const share = async (number: number, channel: string) => {
      if (!s.slack.members(channel).includes('U0ANA')) s.slack.invite('U0BEN', channel, 'U0ANA');
      const files = [{ name: 'hub.html', content: '<script>x</script>' }];
      const { ts, files: shared = [] } = s.slack.say('U0ANA', channel, 'see', { files });
      await s.quiet();
      s.slack.react('U0ANA', channel, ts, 'pushpin');
      await s.quiet();
      return `/incidents/${number}/files/${shared[0]?.id}`;
    };
    const { id: channel } = (await api.get('/incidents/2')).body.channel;
    s.slack.invite('U0ANA', channel, 'U0SAR');
    const outside = s.slack.say('U0SAR', channel, 'I see it too');
    await s.quiet();
    s.slack.react('U0ANA', channel, outside.ts, 'pushpin');
    await s.quiet();
    const open = await share(2, channel);
    const { entries } = (await api.get('/incidents/2/entries')).body;
    // Whoever is not in the team's file is called as the chat calls them.
    expect(entries.find(({ text }: { text: string }) => text === 'I see it too').author).toEqual({
      kind: 'person',
      name: 'Sarika de Bruyn',
      id: 'U0SAR',
    });
    const { files } = entries.find((entry: { files: unknown[] }) => entry.files.length > 0);
    expect(files).toEqual([
      expect.objectContaining({ name: 'hub.html', size: 18, kept: true, deleted: false }),
    ]);
    const answer = await api.get(open);
    expect(answer).toMatchObject({ status: 200, body: '<script>x</script>' });
    expect(answer.headers.get('content-disposition')).toContain('attachment; filename=hub.html');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
    expect((await api.get('/incidents/2/files/F0000')).status).toBe(404);
    const shut = await declared(s, 'U0BEN', 'sev3 private Not for all');
    const number = (await api.get('/incidents')).body.incidents[0].number;
    expect((await api.get(await share(number, shut))).status).toBe(403);
  });

  test('the numbers over time are of what everybody may know of', async () => {
    const told = await api.get('/stats?from=2025-08-01&to=2025-08-31&timezone=UTC');
    expect(told.status).toBe(200);
    expect(told.body.all.incidents).toBe(told.body.incidents.length);
    expect(told.body.byMonth.map(({ name }: { name: string }) => name)).toEqual(['2025-08']);
    expect(told.body.incidents[0]).toMatchObject({ name: 'INC-1', foundBy: 'people' });
    expect((await api.get('/stats?from=2025-09-01')).body).toMatchObject({
      all: { incidents: 0 },
      incidents: [],
    });
    const wrong = await api.get('/stats?from=soon');
    expect(wrong).toMatchObject({
      status: 422,
      body: { error: 'Not taken: from must be a day such as 2025-08-12.' },
    });
  });

  test('what is over is only written down: nobody hears of it, and it is resolved when nobody knows', async () => {
    const answer = await api.post('/incidents', { title: 'Mail was late', by: 'Ben', retrospective: true });
    expect(answer).toMatchObject({ status: 201, body: { retrospective: true } });
    await s.quiet();
    expect(read(s, 'incidents')).not.toContain('Mail was late');
    const { number } = answer.body;
    const end = { at: '2025-08-01T18:00:00+01:00' };
    const over = await api.patch(`/incidents/${number}`, { status: 'resolved', impact: { end }, by: 'Ben' });
    expect(over).toMatchObject({ status: 200, body: { status: 'resolved', retrospective: true } });
    expect(over.body).not.toHaveProperty('resolvedAt');
    const told = await api.post(`/incidents/${number}/updates`, {
      ...{ text: 'We were down', by: 'Ben' },
      ...end,
    });
    expect(told).toMatchObject({ status: 201, body: { at: '2025-08-01T17:00:00.000Z' } });
  });

  test('the document lists every address, and every one was answered here as it says', () => {
    const all = Object.entries(api.document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { responses }]) => {
        const done = Object.keys(responses).find((status) => status.startsWith('2'));
        return `${method} ${path} ${done}`;
      }),
    );
    expect(all.length).toBeGreaterThan(12);
    expect(all.filter((one) => !api.seen.has(one))).toEqual([]);
  });
});

test('without API_TOKEN there is no API', async () => {
  await using s = await startScenario();
  for (const path of ['', '/openapi.json', '/incidents']) {
    const answer = await fetch(`${s.app.url}/api/v1${path}`, { headers: { authorization: 'Bearer ' } });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: 'The HTTP API is off: API_TOKEN is not set.' });
  }
});
