import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPager, type Pager } from '../../src/pagerduty/pager.ts';
import type { ServiceError } from '../../src/service-error.ts';
import type { FaultAct, ReceivedCall } from '../../src/stand-ins/faults.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../src/stand-ins/pagerduty/start-pagerduty.ts';

let pagerDuty: PagerDutyStandIn;
let pager: Pager;

beforeEach(async () => {
  pagerDuty = await startPagerDuty();
  pager = newPager();
});

afterEach(() => pagerDuty.close());

function newPager(overrides: Partial<Parameters<typeof createPager>[0]> = {}): Pager {
  return createPager({
    token: pagerDuty.account.token,
    from: 'daywatch@example.org',
    apiUrl: pagerDuty.url,
    deadlineMs: 2_000,
    ...overrides,
  });
}

const PAGE = {
  key: 'daywatch-INC-12-page-3',
  title: 'INC-12 LEAP hub outage: tech lead needed',
  details: 'Declared 17:00 BST by Ben.',
  to: { userId: 'PANA01' },
  urgency: 'high',
  priorityName: 'P1',
} as const;

function names(): string[] {
  return pagerDuty.calls.map(({ name }) => name);
}

function named(name: string): (call: ReceivedCall) => boolean {
  return (call) => call.name === name;
}

function troubleOf(work: Promise<unknown>): Promise<ServiceError> {
  return work.then(
    () => expect.unreachable('it went well'),
    (error) => error as ServiceError,
  );
}

describe('paging one person', () => {
  it('rings that person with all that was said, in one call once the account is known', async () => {
    await pager.check();
    const before = pagerDuty.calls.length;
    const placed = await pager.page({ ...PAGE, firstTry: true });
    expect(names().slice(before)).toEqual(['POST /incidents']);
    const [incident] = pagerDuty.incidents();
    expect(incident).toMatchObject({
      id: placed.id,
      key: PAGE.key,
      title: PAGE.title,
      details: PAGE.details,
      assignees: ['PANA01'],
      priorityId: 'PP1',
      urgency: 'high',
      status: 'triggered',
    });
    expect(placed).toMatchObject({ number: 1, htmlUrl: expect.stringMatching(/^https:/) });
    expect(pagerDuty.notified()).toMatchObject([{ userId: 'PANA01', channel: 'push' }]);
  });

  it('pages a policy from its first level on, once', async () => {
    const request = { ...PAGE, to: { policyId: 'PPOLICY' } };
    pagerDuty.faults.add({ match: named('POST /incidents'), when: 'after', act: { kind: 'cut' } });
    const placed = await pager.page({ ...request, firstTry: true });
    expect(await newPager().page({ ...request, firstTry: true })).toMatchObject({ id: placed.id });
    expect(await newPager().page(request)).toMatchObject({ id: placed.id });
    expect(pagerDuty.incidents()).toMatchObject([
      { key: PAGE.key, assignedVia: 'escalation_policy', policyId: 'PPOLICY', status: 'triggered' },
    ]);
    expect(pagerDuty.notified()).toMatchObject([{ userId: 'PBEN01', channel: 'push' }]);
  });

  it('ends in one incident when the answer is lost', async () => {
    pagerDuty.faults.add({ match: named('POST /incidents'), when: 'after', act: { kind: 'cut' } });
    const placed = await pager.page({ ...PAGE, firstTry: true });
    expect(pagerDuty.incidents().map(({ id }) => id)).toEqual([placed.id]);
    expect(pagerDuty.notified()).toHaveLength(1);
  });

  it.each<[string, FaultAct]>([
    ['a 500', { kind: 'answer', status: 500, body: '{"error":{}}' }],
    ['a 200 that is a web page', { kind: 'answer', status: 200, body: '<html>proxy</html>' }],
    ['a 201 without an incident', { kind: 'answer', status: 201, body: '{}' }],
    ['a 408', { kind: 'answer', status: 408, body: '{}' }],
    ['silence', { kind: 'hang' }],
  ])('finds its incident behind %s that came after the work', async (_, act) => {
    const hasty = newPager({ deadlineMs: 300 });
    pagerDuty.faults.add({ match: named('POST /incidents'), when: 'after', act });
    const placed = await hasty.page({ ...PAGE, firstTry: true });
    expect(pagerDuty.incidents().map(({ id }) => id)).toEqual([placed.id]);
  });

  it('makes none when the try before was taken, even if that page is answered and resolved', async () => {
    const first = await pager.page({ ...PAGE, firstTry: true });
    pagerDuty.acknowledgeAs('PANA01', first.id);
    pagerDuty.resolveAs('PANA01', first.id);
    const again = await newPager().page(PAGE);
    expect(again.id).toBe(first.id);
    expect(pagerDuty.incidents()).toHaveLength(1);
  });

  it('takes a refused duplicate for the page that stands', async () => {
    const first = await pager.page({ ...PAGE, firstTry: true });
    const again = await newPager().page({ ...PAGE, firstTry: true });
    expect(pagerDuty.calls.at(-2)).toMatchObject({ name: 'POST /incidents', status: 400 });
    expect(again.id).toBe(first.id);
  });

  it('says that nobody knows when the answer and the look are both lost, and the next try finds it', async () => {
    pagerDuty.faults.add({ match: named('POST /incidents'), when: 'after', act: { kind: 'cut' } });
    pagerDuty.faults.add({ match: named('GET /incidents'), when: 'before', act: { kind: 'cut' } });
    expect(await troubleOf(pager.page({ ...PAGE, firstTry: true }))).toMatchObject({
      kind: 'unknown-outcome',
    });
    await pager.page(PAGE);
    expect(pagerDuty.incidents()).toHaveLength(1);
    expect(pagerDuty.notified()).toHaveLength(1);
  });

  it('rings once when the first try never arrived and the second looks before it creates', async () => {
    const hasty = newPager({ deadlineMs: 300 });
    pagerDuty.faults.add({ match: named('POST /incidents'), when: 'before', act: { kind: 'hang' } });
    expect(await troubleOf(hasty.page({ ...PAGE, firstTry: true }))).toMatchObject({
      kind: 'unknown-outcome',
    });
    await hasty.page(PAGE);
    expect(pagerDuty.notified()).toHaveLength(1);
  });

  it('goes out without its priority where that is unknown, lost or stale', async () => {
    pagerDuty.faults.add({ match: named('GET /priorities'), when: 'before', act: { kind: 'cut' } });
    await pager.page({ ...PAGE, key: 'lost' });
    await pager.page({ ...PAGE, key: 'unknown', priorityName: 'P9' });
    await pager.page({ ...PAGE, key: 'good' });
    pagerDuty.account.priorities.splice(0, 1, { id: 'PPNEW1', name: 'P1' });
    await pager.page({ ...PAGE, key: 'stale' });
    await pager.page({ ...PAGE, key: 'learnt' });
    expect(pagerDuty.incidents().map(({ priorityId }) => priorityId)).toEqual([
      undefined,
      undefined,
      'PP1',
      undefined,
      'PPNEW1',
    ]);
  });

  it('goes out on a plan that has no priorities', async () => {
    pagerDuty.account.priorities.length = 0;
    await pager.page(PAGE);
    expect(pagerDuty.notified('PANA01')).toHaveLength(1);
  });
});

describe('what cannot be paged', () => {
  it('refuses to page the user in whose name it acts, before anything is sent', async () => {
    const trouble = await troubleOf(pager.page({ ...PAGE, to: { userId: 'PBOT01' }, firstTry: true }));
    expect(trouble).toMatchObject({ kind: 'refused', service: 'PagerDuty' });
    expect(trouble.message).toContain('PAGERDUTY_FROM');
    expect(pagerDuty.incidents()).toEqual([]);
  });

  it('notices by the answer when the look-up of that user failed', async () => {
    pagerDuty.faults.add({ match: named('GET /users'), when: 'before', act: { kind: 'cut' } });
    const trouble = await troubleOf(pager.page({ ...PAGE, to: { userId: 'PBOT01' }, firstTry: true }));
    expect(trouble).toMatchObject({ kind: 'refused', code: 'SELF_PAGE' });
  });

  it('pages although that look-up failed', async () => {
    pagerDuty.faults.add({ match: named('GET /users'), when: 'before', act: { kind: 'cut' } });
    await pager.page({ ...PAGE, firstTry: true });
    expect(pagerDuty.notified('PANA01')).toHaveLength(1);
  });

  it('wants a service named when there are several', async () => {
    pagerDuty.account.services.push({ id: 'PSVC02', name: 'Other', policyId: 'PPOLICY' });
    expect((await troubleOf(pager.page(PAGE))).message).toContain('PAGERDUTY_SERVICE');
    await newPager({ service: 'PSVC02' }).page(PAGE);
    expect(pagerDuty.incidents()).toMatchObject([{ serviceId: 'PSVC02' }]);
  });

  it('does not take the same key on another service for its own', async () => {
    pagerDuty.account.services.push({ id: 'PSVC02', name: 'Staging', policyId: 'PPOLICY' });
    await newPager({ service: 'PSVC02' }).page(PAGE);
    await newPager({ service: 'PSVC01' }).page(PAGE);
    expect(pagerDuty.incidents().map(({ serviceId }) => serviceId)).toEqual(['PSVC02', 'PSVC01']);
  });

  it('names an unknown sender and an unknown person', async () => {
    expect(await troubleOf(newPager({ from: 'nobody@example.org' }).page(PAGE))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('nobody@example.org'),
    });
    expect(await troubleOf(pager.page({ ...PAGE, to: { userId: 'PGONE1' } }))).toMatchObject({
      kind: 'refused',
      code: '1007',
    });
  });
});

describe('trouble at PagerDuty', () => {
  const table: [string, FaultAct, Partial<ServiceError>][] = [
    [
      '429 with its reset',
      { kind: 'answer', status: 429, headers: { 'ratelimit-reset': '7' }, body: '{"error":{"code":2020}}' },
      { kind: 'rate-limited', retryAfterMs: 7_000 },
    ],
    [
      '429 with neither headers nor body',
      { kind: 'answer', status: 429, body: '' },
      { kind: 'rate-limited', retryAfterMs: undefined },
    ],
    ['500', { kind: 'answer', status: 500, body: '{}' }, { kind: 'unreachable' }],
    ['503 as a web page', { kind: 'answer', status: 503, body: '<html>' }, { kind: 'unreachable' }],
    [
      'a web page instead of the API',
      { kind: 'answer', status: 200, body: '<html>' },
      { kind: 'unreachable' },
    ],
    [
      'a redirect',
      { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
      { kind: 'unreachable', code: 'BAD_ANSWER' },
    ],
    ['a cut connection', { kind: 'cut' }, { kind: 'unreachable' }],
    ['silence', { kind: 'hang' }, { kind: 'unreachable', code: 'DEADLINE' }],
    ['401', { kind: 'answer', status: 401, body: '{"error":{"code":2006}}' }, { kind: 'unauthorized' }],
    ['403 as a web page', { kind: 'answer', status: 403, body: '<html>' }, { kind: 'unauthorized' }],
    ['404', { kind: 'answer', status: 404, body: '{"error":{}}' }, { kind: 'not-found' }],
  ];

  it.each(table)('calls %s by its name', async (_, act, expected) => {
    pagerDuty.faults.add({ match: named('GET /oncalls'), when: 'before', act, times: 4 });
    const trouble = await troubleOf(newPager({ deadlineMs: 300 }).onCall('PSCHED1'));
    expect(trouble).toMatchObject({ service: 'PagerDuty', ...expected });
    expect(trouble.message).toMatch(/^PagerDuty .*\.$/);
  });

  it('says that nothing was done when nobody listens', async () => {
    await pagerDuty.close();
    expect(await troubleOf(pager.onCall('PSCHED1'))).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
    });
  });

  it('hangs up when its time is over', async () => {
    const hungUp = Promise.withResolvers<void>();
    const silent = createServer((request) => void request.socket.once('close', () => hungUp.resolve()));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const apiUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await troubleOf(newPager({ apiUrl, deadlineMs: 100 }).onCall('PSCHED1'))).toMatchObject({
      code: 'DEADLINE',
    });
    await hungUp.promise;
    silent.close();
  });

  it('never tells the token, even if PagerDuty does', async () => {
    const token = pagerDuty.account.token;
    const body = JSON.stringify({ error: { code: 2001, message: `bad token ${token}` } });
    pagerDuty.faults.add({
      match: named('GET /oncalls'),
      when: 'before',
      act: { kind: 'answer', status: 400, body },
    });
    const trouble = await troubleOf(pager.onCall('PSCHED1'));
    expect(trouble.kind).toBe('refused');
    expect(JSON.stringify({ ...trouble, message: trouble.message, stack: trouble.stack })).not.toContain(
      token,
    );
  });
});

describe.each(['refused', 'accepted'] as const)('changing an incident where repeats are %s', (repeats) => {
  let id: string;

  beforeEach(async () => {
    await pagerDuty.close();
    pagerDuty = await startPagerDuty({ repeats });
    pager = newPager();
    ({ id } = await pager.page(PAGE));
  });

  it('acknowledges and resolves, twice as well as once', async () => {
    await pager.acknowledge(id);
    expect(await pager.find(PAGE.key)).toMatchObject({ id, status: 'acknowledged' });
    await pager.acknowledge(id);
    await pager.resolve(id);
    await pager.resolve(id);
    expect(await pager.find(PAGE.key)).toMatchObject({ id, status: 'resolved' });
  });

  it('does not reopen a resolved incident by acknowledging it', async () => {
    pagerDuty.resolveAs('PANA01', id);
    await pager.acknowledge(id);
    expect(pagerDuty.incidents()).toMatchObject([{ status: 'resolved' }]);
  });

  it('is content when somebody did it between the look and the change', async () => {
    pagerDuty.faults.add({
      match: named(`PUT /incidents/${id}`),
      when: 'before',
      act: { kind: 'delay', ms: 0 },
      onStrike: () => pagerDuty.resolveAs('PANA01', id),
    });
    await pager.resolve(id);
    expect(pagerDuty.incidents()).toMatchObject([{ status: 'resolved' }]);
  });

  it('sees by itself what a lost answer did', async () => {
    pagerDuty.faults.add({
      match: named(`PUT /incidents/${id}`),
      when: 'after',
      act: { kind: 'cut' },
      times: 4,
    });
    await pager.reassign(id, 'PBEN01');
    await pager.reassignToPolicy(id, 'PPOLICY');
    await pager.acknowledge(id);
    await pager.resolve(id);
    expect(pagerDuty.calls.filter(({ name }) => name.startsWith('PUT'))).toHaveLength(4);
    expect(pagerDuty.incidents()).toMatchObject([{ status: 'resolved' }]);
  });

  it('gives it to another person and to a policy, each of whom is rung once', async () => {
    await pager.reassign(id, 'PCHI01');
    await pager.reassign(id, 'PCHI01');
    await pager.reassignToPolicy(id, 'PPOLICY');
    await pager.reassignToPolicy(id, 'PPOLICY');
    expect(pagerDuty.notified().map(({ userId }) => userId)).toEqual(['PANA01', 'PCHI01', 'PBEN01']);
  });

  it('never gives it to itself', async () => {
    expect(await troubleOf(pager.reassign(id, 'PBOT01'))).toMatchObject({ kind: 'refused' });
  });

  it('notes once, also when the answer was lost', async () => {
    pagerDuty.faults.add({
      match: named(`POST /incidents/${id}/notes`),
      when: 'after',
      act: { kind: 'cut' },
    });
    await pager.note(id, 'Moved to Ben.', '[daywatch hop 2]');
    await pager.note(id, 'Moved to Ben.', '[daywatch hop 2]');
    await pager.note(id, 'Moved to Chitra.', '[daywatch hop 3]');
    expect(pagerDuty.incidents()[0]?.notes.map(({ content }) => content)).toEqual([
      'Moved to Ben.\n\n[daywatch hop 2]',
      'Moved to Chitra.\n\n[daywatch hop 3]',
    ]);
  });

  it('says what is not there', async () => {
    expect(await troubleOf(pager.resolve('QNOBODY'))).toMatchObject({ kind: 'not-found' });
    expect(await troubleOf(pager.reassignToPolicy(id, 'PNONE'))).toMatchObject({
      kind: 'refused',
      code: '1014',
    });
    expect(await pager.find('no such key')).toBeUndefined();
  });
});

describe('asking who is there', () => {
  it('tells who is on call now, each once, with their address', async () => {
    const noon = Date.parse('2025-08-12T12:00:00Z');
    await pagerDuty.close();
    pagerDuty = await startPagerDuty({
      now: () => noon,
      account: {
        policies: [
          { id: 'PA', name: 'A', levels: [{ users: ['PCHI01'] }, { schedules: ['S1'] }] },
          { id: 'PB', name: 'B', levels: [{ schedules: ['S1', 'S2'] }] },
        ],
        schedules: [
          {
            id: 'S1',
            name: 'First',
            timeZone: 'Europe/London',
            shifts: [
              { userId: 'PANA01', until: new Date(noon) },
              { userId: 'PBEN01', from: new Date(noon) },
            ],
          },
          { id: 'S2', name: 'Second', timeZone: 'Europe/London', shifts: [{ userId: 'PCHI01' }] },
        ],
      },
    });
    pager = newPager();
    expect(await pager.onCall('S1')).toEqual([{ userId: 'PBEN01', email: 'ben@example.org', name: 'Ben' }]);
  });

  it('finds a person by address on any page of the list', async () => {
    const crowd = Array.from({ length: 250 }, (_, i) => ({
      id: `PX${i}`,
      name: `Person ${i}`,
      email: `person${i}@example.org`,
      timeZone: 'Etc/UTC',
    }));
    pagerDuty.account.users.push(...crowd);
    expect(await pager.userByEmail('Person249@example.org')).toBe('PX249');
    expect(await pager.userByEmail('stranger@example.org')).toBeUndefined();
    expect(names().filter((name) => name === 'GET /users')).toHaveLength(6);
  });

  it('says in one line who it is', async () => {
    expect(await pager.check()).toBe(
      'PagerDuty: pages as Daywatch <daywatch@example.org> on the service "JupyterHub URL availability"',
    );
    expect(await troubleOf(newPager({ token: 'wrong' }).check())).toMatchObject({ kind: 'unauthorized' });
    expect(await troubleOf(newPager({ service: 'PNONE' }).check())).toMatchObject({ kind: 'not-found' });
  });
});

describe('which pages were answered', () => {
  const since = new Date(Date.now() - 60_000);

  it('is told by whoever did it first, and when; not by the bot', async () => {
    const { id } = await pager.page(PAGE);
    expect(await pager.answersTo([id], since)).toEqual(new Map());
    pagerDuty.acknowledgeAs('PBEN01', id);
    pagerDuty.resolveAs('PANA01', id);
    const at = new Date(pagerDuty.incidents()[0]?.acknowledgers[0]?.at ?? 0);
    expect(await pager.answersTo([id], since)).toEqual(
      new Map([[id, { kind: 'acknowledged', at, user: { id: 'PBEN01', name: 'Ben' } }]]),
    );
  });

  it('is not said of what the bot did, of what rings again, or of pages that were not asked about', async () => {
    const { id } = await pager.page(PAGE);
    await pager.acknowledge(id);
    const other = await pager.page({ ...PAGE, key: 'another' });
    pagerDuty.acknowledgeAs('PANA01', other.id);
    pagerDuty.lapseAcknowledgement(other.id);
    const third = await pager.page({ ...PAGE, key: 'a third' });
    pagerDuty.resolveAs('PANA01', third.id);
    expect(await pager.answersTo([id, other.id], since)).toEqual(new Map());
    expect([...(await pager.answersTo([third.id], since)).values()]).toMatchObject([{ kind: 'resolved' }]);
  });

  it('takes one look for all of them, and reads the logs of those that moved', async () => {
    const ids: string[] = [];
    for (const key of ['one', 'two', 'three']) ids.push((await pager.page({ ...PAGE, key })).id);
    pagerDuty.acknowledgeAs('PANA01', ids[1] ?? '');
    await pager.check();
    const before = pagerDuty.calls.length;
    await pager.answersTo(ids, since);
    expect(names().slice(before)).toEqual(['GET /incidents', `GET /incidents/${ids[1]}/log_entries`]);
  });

  it('knows when somebody was notified of a page', async () => {
    const { id } = await pager.page(PAGE);
    const [rung] = pagerDuty.notified('PANA01');
    expect(await pager.notifiedAt(id)).toEqual(new Date(rung?.at ?? 0));
    pagerDuty.reassignAs('PANA01', id, 'PBEN01');
    expect(await pager.notifiedAt(id)).toEqual(new Date(rung?.at ?? 0));
  });

  it('knows itself, and the addresses of others', async () => {
    const bot = pagerDuty.account.users.find(({ email }) => email === 'daywatch@example.org');
    expect(await pager.isSelf(bot?.id ?? '')).toBe(true);
    expect(await pager.isSelf('PANA01')).toBe(false);
    expect(await pager.emailOf('PANA01')).toBe('ana@example.org');
    expect((await troubleOf(pager.emailOf('PNOBODY'))).kind).toBe('not-found');
  });
});
