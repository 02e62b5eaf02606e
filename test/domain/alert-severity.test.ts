import { expect, test } from 'vitest';
import { severityOfAlert } from '../../src/domain/alert-severity.ts';
import { explainAlert } from '../../src/domain/explain-alert.ts';
import { testTeam } from '../harness/team.ts';

const { severities } = testTeam();

test.each([
  ['P1', 'sev1'],
  ['p2', 'sev2'],
  ['P4', 'sev4'],
  ['P5', 'sev4'],
  ['P6', 'sev1'],
  ['2', 'sev1'],
  ['', 'sev1'],
])('the priority “%s” in PagerDuty: %s', (priority, severity) => {
  expect(severityOfAlert({ labels: { priority } }, severities)).toBe(severity);
});

test('without a priority it is serious until somebody says less', () => {
  expect(severityOfAlert({ labels: {} }, severities)).toBe('sev1');
});

test('the team’s own names for priorities come first', () => {
  const own = { ...severities, sev3: { ...severities.sev3, pagerduty: 'Hub slow' } };
  expect(severityOfAlert({ labels: { priority: 'hub slow' } }, own)).toBe('sev3');
  const turned = {
    ...severities,
    sev2: { ...severities.sev2, pagerduty: 'P1' },
    sev1: { ...severities.sev1, pagerduty: 'P0' },
  };
  expect(severityOfAlert({ labels: { priority: 'P1' } }, turned)).toBe('sev2');
});

test('a rule that names a severity decides, one that does not leaves it to the priority', () => {
  const alert = {
    title: 'Disk',
    labels: { priority: 'P2' },
    source: 'pagerduty',
    open: true,
    startedAt: 0,
  } as const;
  const outcome = (severity?: 'sev3') =>
    explainAlert(alert, {
      ...testTeam(),
      alerts: [{ match: { title: 'Disk' }, do: 'declare', ...(severity ? { severity } : {}) }],
    }).outcome;
  expect(outcome()).toContain('it declares a sev2 incident');
  expect(outcome('sev3')).toContain('it declares a sev3 incident');
});
