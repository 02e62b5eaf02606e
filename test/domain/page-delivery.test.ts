import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { acknowledgePage, declinePage } from '../../src/domain/page-answers.ts';
import {
  pageFailed,
  pageRang,
  pageSent,
  pagesToHearOf,
  pagesToRing,
} from '../../src/domain/page-delivery.ts';
import type { Actor } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };
const ANA = '[U0ANA](person:U0ANA)';

function paged(page: string, person: string, ladder = '1'): NewFact {
  return { type: 'paged', ladder, page, person, localTime: '', reason: '', by: DAYWATCH, at: NOW };
}

const asked: NewFact = { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW };
const story = given(asked, paged('1', 'U0ANA'));

function sent(via: 'slack' | 'pagerduty', id: string, page = '1', url?: string) {
  return () => pageSent(page, { via, id, ...(url === undefined ? {} : { url }) }, NOW + 1);
}

function failed(via: 'slack' | 'pagerduty', trying: boolean) {
  return (incident: Incident) => pageFailed(incident, '1', { via, why: 'It is down.', trying }, NOW + 1);
}

describe('a page that went out', () => {
  test('is written down with its id there, and shown on the card', () => {
    const out = story
      .when(sent('pagerduty', 'Q1', '1', 'https://pd.example/Q1'))
      .adds(
        [
          {
            type: 'page-sent',
            page: '1',
            via: 'pagerduty',
            id: 'Q1',
            url: 'https://pd.example/Q1',
            key: 'page-sent:1:pagerduty',
          },
        ],
        [{ do: 'show', message: 'card' }],
      )
      .when(sent('slack', '17.5'))
      .next();
    expect(out.incident.pages['1']?.sent).toEqual([
      { via: 'pagerduty', id: 'Q1', url: 'https://pd.example/Q1', at: NOW + 1 },
      { via: 'slack', id: '17.5', at: NOW + 1 },
    ]);
    expect(out.facts.at(-1)?.by).toEqual(DAYWATCH);
  });
});

describe('a way that fails', () => {
  test('is told loudly, with what stands and whether it is tried again', () => {
    const one = story.when(failed('pagerduty', true)).adds(
      [
        {
          type: 'page-failed',
          page: '1',
          via: 'pagerduty',
          why: 'It is down.',
          key: 'page-failed:1:pagerduty',
        },
      ],
      [
        {
          do: 'say',
          notice: 'page-failed:1:pagerduty',
          text: `⚠️ Paging ${ANA} by PagerDuty **failed**: It is down. The Slack page stands; I keep trying.`,
          loud: true,
        },
        { do: 'show', message: 'card' },
      ],
    );
    expect(one.facts.at(-1)?.by).toEqual(DAYWATCH);
    // The other way is news of its own.
    one.when(failed('slack', false)).adds(
      [{ type: 'page-failed', page: '1', via: 'slack', why: 'It is down.', key: 'page-failed:1:slack' }],
      [
        {
          do: 'say',
          notice: 'page-failed:1:slack',
          text: `⚠️ Paging ${ANA} by Slack **failed**: It is down. PagerDuty is asked all the same.`,
          loud: true,
        },
        { do: 'show', message: 'card' },
      ],
    );
    given().when(failed('slack', false)).addsNothing();
  });
});

describe('the pages to hear of in PagerDuty', () => {
  const ringing = story.when(sent('slack', '17.5')).next().when(sent('pagerduty', 'Q1')).next();
  const hear = (incident: Incident) => pagesToHearOf(incident).map(({ id }) => id);

  test('are those that ring there: waiting, or not answered in time', () => {
    expect(pagesToHearOf(ringing.incident)).toEqual([{ page: '1', id: 'Q1', sentAt: NOW + 1 }]);
    expect(hear(story.when(sent('slack', '17.5')).next().incident)).toEqual([]);
    const silent: NewFact = { type: 'page-unanswered', page: '1', afterMs: 1, by: DAYWATCH, at: NOW + 2 };
    const second = given(...ringing.facts.slice(1), silent, paged('2', 'U0CHI'))
      .when(sent('pagerduty', 'Q2', '2'))
      .next();
    expect(hear(second.incident)).toEqual(['Q1', 'Q2']);
  });

  test('are asked whether the telephone rang, until it did or that is long ago', () => {
    const ring = (incident: Incident, now: number) => pagesToRing(incident, now).map(({ id }) => id);
    expect(ring(ringing.incident, NOW + 1 + 15 * 60_000)).toEqual(['Q1']);
    expect(ring(ringing.incident, NOW + 2 + 15 * 60_000)).toEqual([]);
    const rang = ringing
      .when((incident) => pageRang(incident, '1', NOW + 9))
      .adds(
        [{ type: 'page-delivered', page: '1', key: 'page-delivered:1' }],
        [{ do: 'show', message: 'card' }],
      );
    expect(rang.incident.pages['1']?.rangAt).toBe(NOW + 9);
    expect(ring(rang.incident, NOW + 10)).toEqual([]);
    rang.when((incident) => pageRang(incident, '1', NOW + 11)).addsNothing();
    const silent: NewFact = { type: 'page-unanswered', page: '1', afterMs: 1, by: DAYWATCH, at: NOW + 2 };
    expect(ring(given(...ringing.facts.slice(1), silent).incident, NOW + 3)).toEqual([]);
  });

  test('are none that were declined, none of a ladder that was answered or is over', () => {
    const declined = ringing.when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW)).next();
    expect(hear(declined.incident)).toEqual([]);
    const second = given(...ringing.facts.slice(1), paged('2', 'U0CHI'))
      .when(sent('pagerduty', 'Q2', '2'))
      .next();
    const taken = second.when((incident) =>
      acknowledgePage(incident, '2', { person: 'U0CHI', via: 'slack', at: NOW }),
    );
    expect(hear(taken.next().incident)).toEqual([]);
    const over = (to: 'resolved' | 'investigating'): NewFact => ({
      type: 'status-changed',
      from: 'investigating',
      to,
      by: BEN,
      at: NOW,
    });
    const resolved = given(...ringing.facts.slice(1), over('resolved'));
    expect(hear(resolved.incident)).toEqual([]);
    const reopened = given(...ringing.facts.slice(1), over('resolved'), over('investigating'));
    expect(hear(reopened.incident)).toEqual([]);
  });
});
