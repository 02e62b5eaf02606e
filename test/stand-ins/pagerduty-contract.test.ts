import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPager } from '../../src/pagerduty/pager.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../src/stand-ins/pagerduty/start-pagerduty.ts';
import { type Contract, contractFile, loadContract } from './contract.ts';

const FILE = contractFile('pagerduty-rest.json');
if (FILE === undefined)
  console.warn('PagerDuty contract: skipped, ../shared/contracts is not beside this checkout');

const PAGE = {
  key: 'daywatch-INC-1-page-1',
  title: 'INC-1',
  details: 'words',
  to: { userId: 'PANA01' },
  urgency: 'high',
  priorityName: 'P1',
} as const;

describe.skipIf(FILE === undefined)("PagerDuty's own schema", () => {
  let contract: Contract;
  let pagerDuty: PagerDutyStandIn;

  beforeAll(async () => {
    contract = loadContract(FILE ?? '', amend);
    pagerDuty = await startPagerDuty();
    const pager = createPager({
      token: pagerDuty.account.token,
      from: 'daywatch@example.org',
      apiUrl: pagerDuty.url,
    });
    await pager.check();
    await createPager({
      token: pagerDuty.account.token,
      from: 'daywatch@example.org',
      apiUrl: pagerDuty.url,
      service: 'PSVC01',
    }).check();
    const { id } = await pager.page({ ...PAGE, firstTry: true });
    await pager.page(PAGE);
    await pager.page({ ...PAGE, firstTry: true });
    await pager.find(PAGE.key);
    await pager.note(id, 'a note', '[marker]');
    await pager.acknowledge(id);
    await pager.emailOf('PANA01');
    await pager.reassign(id, 'PBEN01');
    await pager.reassignToPolicy(id, 'PPOLICY');
    pagerDuty.acknowledgeAs('PANA01', id);
    pagerDuty.lapseAcknowledgement(id);
    pagerDuty.acknowledgeAs('PANA01', id);
    await pager.answersTo([id], new Date(Date.now() - 60_000));
    await pager.resolve(id);
    await pager.resolve('QNOBODY').catch(() => undefined);
    await pager.page({ ...PAGE, key: 'policy', to: { policyId: 'PPOLICY' } });
    await pager.page({ ...PAGE, key: 'other', urgency: 'low' });
    await pager.page({ ...PAGE, key: 'gone', to: { userId: 'PGONE1' } }).catch(() => undefined);
    await pager.onCall('PSCHED1');
    await pager.userByEmail('ana@example.org');
    pagerDuty.account.token = 'another';
    await pager.onCall('PSCHED1').catch(() => undefined);
  });

  afterAll(() => pagerDuty?.close());

  it('permits every request of the pager', () => {
    const faults = pagerDuty.calls.flatMap((call) =>
      contract.requestFaults(call).map((fault) => `${call.name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('permits every answer of the stand-in', () => {
    const faults = pagerDuty.calls.flatMap((call) =>
      contract.answerFaults(call).map((fault) => `${call.name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('saw every kind of call and several refusals', () => {
    const kinds = new Set(pagerDuty.calls.map(({ name }) => name.replace(/\/[PQ][A-Z0-9]+/, '/:id')));
    expect([...kinds].sort()).toEqual([
      'GET /incidents',
      'GET /incidents/:id',
      'GET /incidents/:id/log_entries',
      'GET /incidents/:id/notes',
      'GET /oncalls',
      'GET /priorities',
      'GET /services',
      'GET /services/:id',
      'GET /users',
      'GET /users/:id',
      'POST /incidents',
      'POST /incidents/:id/notes',
      'PUT /incidents/:id',
    ]);
    expect(new Set(pagerDuty.calls.map(({ status }) => status))).toEqual(new Set([200, 201, 400, 401, 404]));
  });

  it('is awake: what is wrong is found', () => {
    const [create] = pagerDuty.calls.filter(({ name }) => name === 'POST /incidents');
    const [read] = pagerDuty.calls.filter(({ name }) => name === 'GET /incidents');
    if (create === undefined || read === undefined) return expect.unreachable();
    const incident = create.args.incident as object;
    const noTitle = { ...create, args: { incident: { ...incident, title: undefined } } };
    const loud = { ...create, args: { incident: { ...incident, urgency: 'loud' } } };
    const charset = {
      ...create,
      headers: { ...create.headers, 'content-type': 'application/json; charset=utf-8' },
    };
    const noFrom = { ...create, headers: { ...create.headers, from: undefined } };
    for (const wrong of [noTitle, loud, charset, noFrom]) {
      expect(contract.requestFaults(JSON.parse(JSON.stringify(wrong)))).not.toEqual([]);
    }
    expect(contract.requestFaults({ ...read, args: { ...read.args, colour: 'red' } })).not.toEqual([]);
    expect(contract.requestFaults({ ...read, args: { ...read.args, date_range: 'some' } })).not.toEqual([]);
    expect(contract.answerFaults({ ...create, answer: { incident: { status: 'asleep' } } })).not.toEqual([]);
    expect(contract.answerFaults({ ...create, status: 418 })).not.toEqual([]);
  });
});

/**
 * Where the schema and PagerDuty's documentation differ: `details` is a string there, on-call times
 * without end are null, `include[]=users` brings whole users, a single PUT answers 400 like the
 * one for many, and an acknowledgement has two names at once in the log.
 */
function amend(document: Record<string, unknown>): void {
  const { schemas } = document.components as { schemas: Record<string, Schema> };
  (schemas.IncidentBody as Schema).properties.details = { type: 'string' };
  for (const end of ['start', 'end'])
    (schemas.Oncall as Schema).properties[end] = { type: ['string', 'null'] };
  (schemas.Oncall as Schema).properties.user = {
    oneOf: [{ $ref: '#/components/schemas/UserReference' }, { $ref: '#/components/schemas/User' }],
  };
  const [, acknowledgement] = (schemas.AcknowledgeLogEntry as unknown as { allOf: Schema[] }).allOf;
  if (acknowledgement !== undefined) acknowledgement.properties.type = { const: 'acknowledge_log_entry' };
  const paths = document.paths as Record<string, Record<string, { responses: Record<string, unknown> }>>;
  const change = paths['/incidents/{id}']?.put;
  if (change !== undefined) change.responses['400'] = { $ref: '#/components/responses/ArgumentError' };
}

interface Schema {
  properties: Record<string, object>;
}
