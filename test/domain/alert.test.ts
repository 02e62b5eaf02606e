import { describe, expect, it } from 'vitest';
import { type IncomingAlert, impactProposal, labelsFromPolicyName } from '../../src/domain/alert.ts';

const ALERT: IncomingAlert = {
  source: 'google',
  fingerprint: 'google:0.abc',
  state: 'open',
  startedAt: new Date('2025-08-12T16:32:00Z'),
  title: 'Uptime check for leap.2i2c.cloud is failing',
  labels: {},
  raw: '',
};

describe('the proposal for the start of impact', () => {
  it.each<[number | undefined, string, string | undefined]>([
    [1860, '2025-08-12T16:32:00Z', '2025-08-12T16:01:00.000Z'],
    [1860, '2025-08-12T16:32:59Z', '2025-08-12T16:01:00.000Z'],
    [90, '2025-08-13T00:00:10Z', '2025-08-12T23:58:00.000Z'],
    [0, '2025-08-12T16:32:00Z', undefined],
    [undefined, '2025-08-12T16:32:00Z', undefined],
  ])('for a delay of %s s and a start at %s is %s', (delaySeconds, startedAt, proposal) => {
    const alert = {
      ...ALERT,
      startedAt: new Date(startedAt),
      ...(delaySeconds === undefined ? {} : { delaySeconds }),
    };
    expect(impactProposal(alert)?.toISOString()).toBe(proposal);
  });
});

describe('labels told by the name of a policy', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['leap.2i2c.cloud on leap', {}, { host: 'leap.2i2c.cloud', cluster: 'leap' }],
    [
      ' staging.aws.2i2c.cloud on 2i2c-aws-us ',
      {},
      { host: 'staging.aws.2i2c.cloud', cluster: '2i2c-aws-us' },
    ],
    ['leap.2i2c.cloud on leap', { host: 'h', cluster: 'c' }, {}],
    ['prometheus on leap', {}, { cluster: 'leap' }],
    ['Disk space on all nodes', {}, {}],
    ['projects/12345/alertPolicies/12345', {}, {}],
    ['', {}, {}],
  ])('%j beside %j tells %j', (policy, known, told) => {
    expect(labelsFromPolicyName(policy, known)).toEqual(told);
  });
});
