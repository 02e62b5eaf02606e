import { describe, expect, test } from 'vitest';
import type { FactBody } from '../../../src/domain/facts.ts';
import { reportModel } from '../../../src/domain/report/report-model.ts';
import { bareTitle } from '../../../src/domain/report/report-title.ts';
import { DECLARED, said, storyOf } from '../../report/story.ts';

const resolved: FactBody = { type: 'status-changed', from: 'monitoring', to: 'resolved' };
const startsAt = (minutes: number, approximate = false): FactBody => ({
  type: 'impact-set',
  edge: 'start',
  moment: { at: DECLARED + minutes * 60_000, ...(approximate ? { approximate } : {}) },
});

function headings(input: Parameters<typeof reportModel>[0]): string[] {
  const { timeline, followUp } = reportModel(input);
  return [...timeline.minutes, ...followUp.minutes].map(({ headingAmPm }) => headingAmPm);
}

test.each([
  ['Incident report August 12 2025 - LEAP hub outage', 'LEAP hub outage'],
  ['2018-07-08, too many pods', 'too many pods'],
  ['Incident report: LEAP', 'LEAP'],
  ['Incident reporting is down', 'Incident reporting is down'],
  ['2i2c hub - outage', '2i2c hub - outage'],
  ['August is slow', 'August is slow'],
])('%s → %s', (title, bare) => {
  expect(bareTitle(title)).toBe(bare);
});

describe('impact', () => {
  test('lasts to its end, or to resolved where nobody ended it', () => {
    const model = reportModel(
      storyOf([
        [0, startsAt(0)],
        [71, resolved],
      ]),
    );
    expect(model).toMatchObject({
      impactTime: 'Aug 12 at 17:00 to Aug 12 at 18:11',
      duration: '1h 11m',
      date: '2025-08-12',
      dateWords: 'August 12 2025',
    });
  });

  test('says when it is approximate and when it is not known', () => {
    expect(
      reportModel(
        storyOf([
          [5, startsAt(-30, true)],
          [71, resolved],
        ]),
      ),
    ).toMatchObject({
      impactTime: 'Aug 12 at ca. 16:30 to Aug 12 at 18:11',
      duration: 'ca. 1h 41m',
    });
    expect(reportModel(storyOf([[71, resolved]]))).toMatchObject({
      impactTime: 'Unknown to Aug 12 at 18:11',
      duration: 'Unknown',
    });
    expect(reportModel(storyOf([[0, startsAt(0)]]))).toMatchObject({
      impactTime: 'Aug 12 at 17:00 to ongoing',
      duration: 'Unknown',
    });
  });

  test('bears the year where it turns', () => {
    const at = Date.parse('2025-12-31T23:00:00Z');
    const start: FactBody = { type: 'impact-set', edge: 'start', moment: { at } };
    expect(
      reportModel(
        storyOf(
          [
            [0, start],
            [120, resolved],
          ],
          { at },
        ),
      ).impactTime,
    ).toBe('Dec 31, 2025 at 23:00 to Jan 1, 2026 at 01:00');
  });
});

describe('headings', () => {
  test('one a minute, follow-ups apart', () => {
    const model = reportModel(
      storyOf([said(2, 'no pods'), said(2, 'none at all'), [71, resolved], said(196, 'some cannot log in')]),
    );
    expect(model.timeline.minutes.map(({ headingAmPm, entries }) => [headingAmPm, entries.length])).toEqual([
      ['5:00 PM', 1],
      ['5:02 PM', 2],
      ['6:11 PM', 1],
    ]);
    expect(model.followUp.minutes.map(({ headingAmPm }) => headingAmPm)).toEqual(['8:16 PM']);
    expect(model.timeline.zone).toBe('BST');
  });

  test('the date where the day changes, and first in a story of several days', () => {
    expect(headings(storyOf([said(7 * 60 + 5, 'still out'), said(8 * 60, 'back')]))).toEqual([
      'August 12, 2025, 5:00 PM',
      'August 13, 2025, 12:05 AM',
      '1:00 AM',
    ]);
  });

  test('approximate times and ranges are kept', () => {
    const story = storyOf([
      said(10, 'slow', { approximate: true }),
      said(10, 'exactly then'),
      said(20, 'restarting', { untilMinutes: 35 }),
      said(40, 'draining', { untilMinutes: 55, approximate: true }),
    ]);
    expect(headings(story)).toEqual([
      '5:00 PM',
      'ca. 5:10 PM',
      '5:10 PM',
      '5:20-5:35 PM',
      'ca. 5:40-5:55 PM',
    ]);
    expect(reportModel(story).timeline.minutes.map(({ heading24 }) => heading24)).toEqual([
      '17:00',
      'ca. 17:10',
      '17:10',
      '17:20-17:35',
      '~17:40-17:55',
    ]);
  });

  test('the zone where the clocks go back', () => {
    const at = Date.parse('2025-10-26T00:30:00Z');
    const story = storyOf([], { at });
    const later = storyOf([[60, resolved]], { at });
    expect(reportModel(story).timeline.zone).toBe('BST');
    expect(reportModel(later).timeline).toMatchObject({
      zone: 'BST/GMT',
      zoneOffsets: 'BST (UTC+1) and GMT (UTC)',
    });
    expect(headings(later)).toEqual(['1:30 AM BST', '1:30 AM GMT']);
  });

  test.each([
    ['Europe/Bucharest', 'EEST (UTC+3)'],
    ['Asia/Kolkata', 'IST (UTC+5:30)'],
    ['America/Los_Angeles', 'PDT (UTC-7)'],
    ['Asia/Kathmandu', '+0545 (UTC+5:45)'],
  ])('%s is %s', (zone, words) => {
    expect(reportModel(storyOf([], { zone })).allZoneOffsets).toBe(words);
  });
});

describe('what nobody wrote', () => {
  test('the summary is made of facts', () => {
    const paged: FactBody = {
      type: 'paged',
      ladder: 'l',
      page: 'p',
      person: 'U0GEO',
      localTime: '19:33 EEST',
      reason: 'in hours',
    };
    const { summary, resolution, figures } = reportModel(
      storyOf([
        [0, startsAt(0)],
        [0, { type: 'page-asked', ladder: 'l' }],
        said(15, 'told them', { kind: 'update' }),
        [32, paged],
        said(32, 'Uptime check fails', { kind: 'alert' }),
        [43, { type: 'page-acknowledged', page: 'p', via: 'slack' }, { kind: 'person', id: 'U0GEO' }],
        [71, resolved],
      ]),
    );
    expect(summary).toBe(
      'LEAP hub outage (sev1, Outage): users were affected from August 12 2025, 17:00 BST; it lasted 1h 11m. ' +
        'People noticed it 32 minutes before monitoring did. ' +
        'Tech lead was paged at 17:32 BST and acknowledged after 11 minutes. ' +
        'The community was first told at 17:15 BST.',
    );
    expect(resolution).toBe('Resolved on August 12 2025 at 18:11 BST by the primary engineer.');
    expect(figures.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Time to detect: at once',
      'Time to page: 32 min',
      'Time to acknowledge: 11 min',
      'Time waiting for daylight: none',
      'Time to first update: 15 min',
      'Time to mitigate: unknown',
      'Time to resolve: 1h 11m',
      'Total impact: 1h 11m',
    ]);
  });

  test('the last words are the resolution', () => {
    expect(
      reportModel(storyOf([said(71, 'Re-deployed `prod`, logins work'), [71, resolved]])).resolution,
    ).toBe('Re-deployed `prod`, logins work');
  });

  test('what somebody said as it ended is no resolution', () => {
    const { resolution } = reportModel(
      storyOf([said(71, 'still 404 here', { quote: true }), [71, resolved]]),
    );
    expect(resolution).toContain('Resolved on August 12 2025');
  });

  test('that it is over is no resolution', () => {
    const { resolution } = reportModel(storyOf([said(71, 'The incident is over.'), [71, resolved]]));
    expect(resolution).toContain('Resolved on August 12 2025');
  });

  test('a log that somebody shows is no resolution', () => {
    const { resolution } = reportModel(
      storyOf([said(71, 'The logs say why', { code: 'E' }), [71, resolved]]),
    );
    expect(resolution).toBe('Resolved on August 12 2025 at 18:11 BST by the primary engineer.');
  });

  test('an open incident does not pretend', () => {
    expect(reportModel(storyOf([])).resolution).toBe('Not resolved yet.');
  });
});

describe('lines', () => {
  const line = (more: Parameters<typeof said>[2], text = 'no pods on `prod`', isPublic = true) => {
    const { timeline } = reportModel(storyOf([said(5, text, more)], { public: isPublic }));
    return timeline.minutes.at(-1)?.entries.at(-1)?.markdown;
  };

  test('of who holds a role of the team’s own bears its name', () => {
    const vendor: FactBody = { type: 'role-assigned', role: 'vendor', person: 'U0BEN' };
    const story = storyOf([[1, vendor], said(5, 'no pods', { author: 'U0BEN' })], { public: true });
    const roles = { vendor: { label: 'Vendor contact' } };
    const { timeline } = reportModel({ ...story, team: { ...story.team, roles } });
    expect(timeline.minutes.at(-1)?.entries.at(-1)?.markdown).toBe('Vendor contact: no pods');
  });

  test.each([
    ['said', {}, 'Primary engineer: no pods on `prod`'],
    ['somebody else', { author: 'U0BEN' }, 'Second engineer: no pods on `prod`'],
    ['by title', { author: 'U0CHI' }, 'People Operations Lead: no pods on `prod`'],
    ['by roster', { author: 'U0GEO' }, 'Tech lead: no pods on `prod`'],
    ['from outside', { author: 'U0OUT' }, 'Community representative: no pods on `prod`'],
    ['direct speech', { quote: true }, 'Primary engineer:\n\n> no pods on `prod`'],
    ['code', { code: 'a\n```\nb' }, 'Primary engineer: no pods on `prod`\n\n````\na\n```\nb\n````'],
    [
      'evidence',
      { link: 'https://github.com/o/r/pull/3' },
      'Primary engineer: no pods on `prod` ([pull request](https://github.com/o/r/pull/3))',
    ],
    [
      'a picture',
      { image: 'https://a.b/c.png' },
      'Primary engineer: no pods on `prod`\n\n![Picture](https://a.b/c.png)',
    ],
    [
      'an alert in its own words',
      { kind: 'alert' as const, raw: 'check failing |\n host' },
      'no pods on `prod`\n\n> check failing | host',
    ],
  ])('%s', (_what, more, expected) => {
    expect(line(more)).toBe(expected);
  });

  test.each([
    ['what its author did', 'Kills the job', {}, 'Primary engineer kills the job'],
    ['a verb with its word', 'Looks at the log', {}, 'Primary engineer looks at the log'],
    ['what only looks so', 'Looks good', {}, 'Primary engineer: Looks good'],
    ['a verb with code after it', 'Restarts `hub`', {}, 'Primary engineer restarts `hub`'],
    [
      'a plural is no verb',
      'Restarts of the hub do not help',
      {},
      'Primary engineer: Restarts of the hub do not help',
    ],
    ['pods do not act', 'Pods the hub does not know', {}, 'Primary engineer: Pods the hub does not know'],
    [
      'what was said stays as it was',
      'Kills the job',
      { quote: true },
      'Primary engineer:\n\n> Kills the job',
    ],
    [
      'a note about somebody else',
      '[x](person:U0OUT) shares the reports',
      {},
      'Community representative shares the reports',
    ],
    [
      'who says it of somebody else',
      'The vendor confirms it',
      { kind: 'message' as const },
      'Primary engineer: The vendor confirms it',
    ],
    [
      'an update in the words that went out',
      'The hub is back.',
      { kind: 'update' as const, quote: true },
      'Primary engineer writes an update:\n\n> The hub is back.',
    ],
    [
      'an update that was told of',
      'Tells the community',
      { kind: 'update' as const, quote: true },
      'Primary engineer tells the community',
    ],
    ['what became of the incident', 'Incident resolved.', { kind: 'status' as const }, 'Incident resolved.'],
    [
      'whom it is done to',
      'Asks [x](person:U0OUT) for more',
      {},
      'Primary engineer asks the community representative for more',
    ],
    [
      'emoji',
      'no pods :cry: `:cry:` :our_own: at 10:100:20',
      {},
      'Primary engineer: no pods 😢 `:cry:` :our_own: at 10:100:20',
    ],
  ])('%s', (_what, text, more, expected) => {
    expect(line({ kind: 'note', ...more }, text)).toBe(expected);
  });

  const notice =
    'An uptime check on p Uptime Check URL labels {project_id=p, host=leap.2i2c.cloud} is failing. | Policy: leap | View incident: https://console.cloud.google.com/monitoring/alerting/alerts/0.nv?project=p';

  test('of an alert in public: what its line does not say, and no link that nobody can open', () => {
    const alert = { kind: 'alert' as const, raw: notice };
    expect(line(alert, 'The uptime check for leap.2i2c.cloud fails')).toBe(
      'The uptime check for leap.2i2c.cloud fails\n\n> Policy: leap',
    );
    expect(line(alert, 'Something fails')).toContain('> An uptime check on p');
    expect(line(alert, 'Uptime check for leap\\.2i2c\\.cloud fails')).not.toContain('An uptime check on p');
    expect(line({ ...alert, raw: 'Disk full.' }, 'Disk full')).toBe('Disk full');
    expect(line(alert, 'The uptime check for leap.2i2c.cloud fails', false)).toContain(
      '> An uptime check on p',
    );
  });

  test('the label is not said twice', () => {
    expect(line({}, '[Ana](person:U0ANA) restarts the hub')).toBe('Primary engineer restarts the hub');
  });

  test('in the private form people have their names', () => {
    expect(line({ author: 'U0OUT' }, '[x](person:U0BEN) and [#ops](channel:C1)', false)).toBe(
      'Sarika de Bruyn: Ben Okafor and #ops',
    );
  });

  test('an alert says when it ended', () => {
    const [minutes, fact] = said(32, 'Uptime check fails', { kind: 'alert' });
    const entry = fact.type === 'entry-recorded' ? fact.entry : '';
    const closed: FactBody = { type: 'alert-closed', entry, endedAt: DECLARED + 70 * 60_000 };
    const { timeline } = reportModel(
      storyOf([
        [minutes, fact],
        [70, closed],
      ]),
    );
    expect(timeline.minutes.at(-1)?.entries[0]).toMatchObject({ endedAmPm: '6:10 PM', ended24: '18:10' });
  });

  test('what was taken out stays out', () => {
    const [minutes, fact] = said(5, 'a mistake');
    const entry = fact.type === 'entry-recorded' ? fact.entry : '';
    const { timeline } = reportModel(
      storyOf([
        [minutes, fact],
        [6, { type: 'entry-removed', entry, why: 'x' }],
      ]),
    );
    expect(JSON.stringify(timeline)).not.toContain('a mistake');
  });
});
