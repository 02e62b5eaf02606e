import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { together } from '../../src/actions/change.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';

const DAYWATCH = { kind: 'daywatch' } as const;
const ON_POSTGRESQL = process.env.TEST_DATABASE_URL !== undefined;

describe.skipIf(!ON_POSTGRESQL)('two that wait for what the other holds (needs TEST_DATABASE_URL)', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario();
    for (const title of ['One', 'Other']) {
      await scenario.incident('U0BEN', 'incidents', `declare sev3 ${title}`);
    }
    await scenario.quiet();
  });
  afterAll(() => scenario?.[Symbol.asyncDispose]());

  test('the one that the database ends is begun anew, and both are kept', async () => {
    const { store } = scenario.app.core;
    const bothHold = Promise.withResolvers<void>();
    let holding = 0;
    let attempts = 0;
    const inOrder = (first: number, second: number) =>
      together(store, {}, async ({ change }) => {
        attempts += 1;
        const addTo = (number: number) =>
          change({ number }, (incident) => ({
            facts: [{ type: 'joined', person: `UGUEST${first}`, by: DAYWATCH, at: incident.declaredAt }],
            effects: [],
          }));
        await addTo(first);
        holding += 1;
        if (holding === 2) bothHold.resolve();
        await bothHold.promise;
        return addTo(second);
      });
    expect(await Promise.all([inOrder(1, 2), inOrder(2, 1)])).toMatchObject([
      { kind: 'done' },
      { kind: 'done' },
    ]);
    expect(attempts, 'one of them was begun anew').toBe(3);
    await scenario.quiet();
  });
});
