import { describe, expect, test } from 'vitest';
import { channelOpened, channelRefused, declare, placed } from '../../src/domain/declare.ts';
import { BEN, given, NOW } from './given.ts';

const WISH = {
  title: ' LEAP  hub\noutage ',
  severity: 'sev1',
  private: false,
  by: BEN,
  responder: 'U0BEN',
  page: [],
} as const;

describe('declaring', () => {
  test('keeps the incident first; its channel follows', () => {
    expect(declare(WISH, NOW)).toEqual({
      facts: [
        {
          type: 'declared',
          title: 'LEAP hub outage',
          severity: 'sev1',
          private: false,
          responder: 'U0BEN',
          by: BEN,
          at: NOW,
        },
      ],
      effects: [{ do: 'open-channel' }, { do: 'find-alerts' }],
    });
  });

  test('asks for the rosters of the severity, and puts the message that set it off first', () => {
    const source = { channel: 'C1', ts: '1.2' };
    const first = { source, at: NOW - 60_000, author: 'U0SAR', content: { text: 'It is down' } };
    const decision = declare({ ...WISH, page: ['tech-lead', 'network'], first }, NOW);
    expect(decision).toMatchObject({
      facts: [
        { type: 'declared' },
        { type: 'entry-recorded', moment: { at: NOW - 60_000 }, author: 'U0SAR', source },
        { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: { kind: 'daywatch' } },
        { type: 'page-asked', ladder: '2', roster: 'network', by: { kind: 'daywatch' } },
      ],
      effects: [
        { do: 'open-channel' },
        { do: 'climb', ladder: '1' },
        { do: 'climb', ladder: '2' },
        { do: 'find-alerts' },
      ],
    });
  });

  test.each([
    [' \n ', 'An incident needs a title: `/incident declare sev1 LEAP hub is down`.'],
    [
      '🔥'.repeat(201),
      'The title has 201 characters; 200 is the most. Shorten it, and put the rest in the channel.',
    ],
  ])('“%s” is refused', (title, refused) => {
    expect(declare({ ...WISH, title }, NOW)).toEqual({ refused });
  });

  test('200 emoji are 200 characters', () => {
    expect(declare({ ...WISH, title: '🔥'.repeat(200) }, NOW)).toHaveProperty('facts');
  });
});

describe('the channel', () => {
  test('brings everything that stands in it, side by side', () => {
    const opened = given()
      .when(() => channelOpened({ id: 'C7', name: 'inc-7' }, ['U0BEN'], NOW))
      .adds(
        [{ type: 'channel-opened', channel: 'C7', name: 'inc-7', key: 'channel' }],
        [
          { do: 'invite', people: ['U0BEN'] },
          { do: 'show', message: 'card' },
          { do: 'show', message: 'announcement' },
          { do: 'set-topic' },
        ],
      );
    expect(opened.incident.channel).toEqual({ id: 'C7', name: 'inc-7', openedAt: NOW });
  });

  test('refused is told to the declarer, once a reason; and forgotten when it opens', () => {
    const refused = given()
      .when((incident) =>
        channelRefused(incident, 'Slack refused conversations.create: restricted_action.', NOW),
      )
      .adds(
        [{ type: 'channel-refused', why: 'Slack refused conversations.create: restricted_action.' }],
        [
          {
            do: 'say-to',
            notice: 'channel-refused',
            person: 'U0BEN',
            text: 'INC-7 is declared and kept, but its channel could not be made: Slack refused conversations\\.create\\: restricted\\_action\\. I keep trying.',
          },
        ],
      );
    refused
      .when((incident) =>
        channelRefused(incident, 'Slack refused conversations.create: restricted_action.', NOW),
      )
      .addsNothing();
    const opened = refused.when(() => channelOpened({ id: 'C7', name: 'inc-7' }, [], NOW)).next();
    expect(opened.incident.channelRefused).toBeUndefined();
  });

  test('the card is pinned and linked once it stands; other messages are not', () => {
    const ref = { channel: 'C7', ts: '1.1' };
    given()
      .when(() => placed('card', ref, NOW))
      .adds(
        [{ type: 'placed', message: 'card', ref, key: 'placed:card' }],
        [{ do: 'pin-card' }, { do: 'add-bookmarks' }],
      );
    given()
      .when(() => placed('announcement', ref, NOW))
      .adds([{ type: 'placed', message: 'announcement', ref, key: 'placed:announcement' }]);
  });
});
