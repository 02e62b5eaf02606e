import { pagerUserOf } from '../actions/match-people.ts';
import { withDeadline } from '../actions/with-deadline.ts';
import { type Core, nowOf } from '../core.ts';
import { clockTime } from '../domain/clock-words.ts';
import type { Effect } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { pageFailed, pageSent } from '../domain/page-delivery.ts';
import type { Page } from '../domain/paging-state.ts';
import { isOpen } from '../domain/permitted.ts';
import { pagePolicy, pagesForPolicy, policyTookOver } from '../domain/policy-page.ts';
import { asTyped, mention } from '../domain/sentence.ts';
import { type Instant, incidentName } from '../domain/words.ts';
import type { Paged } from '../pagerduty/page-once.ts';
import type { FoundPage, Pager } from '../pagerduty/pager.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, record, type Task } from './context.ts';

/** The page's own name in PagerDuty. The random part keeps two installations on one account apart. */
function pagerKey(incident: Pick<Incident, 'number' | 'uid'>, page: string): string {
  return `daywatch-${incidentName(incident.number)}-page-${page}-${incident.uid}`;
}

/** Reads a key back; nothing when it is not ours. */
export function readPagerKey(key: string): { number: number; page: string; uid: string } | undefined {
  const [, number, page, uid] = /^daywatch-INC-(\d+)-page-(\d+)-([0-9a-f]+)$/.exec(key) ?? [];
  return number && page && uid ? { number: Number(number), page, uid } : undefined;
}

/** The channel hears of a PagerDuty that is away within 10 s of the page, choosing whom to page included. */
const TELL_AFTER_MS = 6_500;
/** After that somebody's day may have ended, and nobody is woken who did not agree. */
const STILL_EXPECTED_MS = 30 * 60_000;
const NO_ACCOUNT =
  'this person has no PagerDuty account that I know of; `pagerduty:` in the team’s file names it.';

/** Pages one person, or a policy, by PagerDuty. Until it takes, or the page is answered, it is tried again; never two for one page. */
export const pageByPagerDuty: Job<'page-by-pagerduty'> = async (task) => {
  const { core, incident, effect, attempt } = task;
  const page = incident.pages[effect.page];
  const { pager } = core.world;
  if (!page || page.sent.some(({ via }) => via === 'pagerduty')) return;
  if (attempt.first && !isWanted(incident, page, nowOf(core))) return;
  if (!pager) return;
  try {
    const work = bringToPagerDuty(pager, task, page);
    const sent = await withDeadline('PagerDuty', TELL_AFTER_MS, work);
    if (sent === 'not-wanted') return;
    if (sent === 'no-account') {
      await fail(task, page, NO_ACCOUNT, false);
      return;
    }
    await record(task, (now) => {
      const { facts, effects } = pageSent(
        page.id,
        { via: 'pagerduty', id: sent.id, url: sent.htmlUrl },
        nowOf(core),
      );
      return {
        facts,
        effects: [
          ...effects,
          { do: 'settle-in-pagerduty', page: page.id },
          { do: 'add-bookmarks' },
          ...reachedAfterAll(now, page),
        ],
      };
    });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    await fail(task, page, error.message, error.worthRepeating);
    if (error.worthRepeating) throw error;
  }
};

/** A try that is given up goes on by itself; the page's key keeps the next one from making a second. */
async function bringToPagerDuty(
  pager: Pager,
  { core, incident, attempt }: Task<'page-by-pagerduty'>,
  page: Page,
): Promise<Pick<FoundPage, 'id' | 'htmlUrl'> | 'not-wanted' | 'no-account'> {
  const key = pagerKey(incident, page.id);
  // An earlier attempt may have paged: it is found and settled even when nobody is wanted any more.
  const found = attempt.first ? undefined : await pager.find(key);
  if (found) return found;
  if (!isWanted(incident, page, nowOf(core))) return 'not-wanted';
  const to = await paged(core, page);
  if (to === undefined) return 'no-account';
  return pager.page({ ...requestOf(core, incident, page), key, to, firstTry: attempt.first });
}

async function paged(core: Core, { person, policy }: Page): Promise<Paged | undefined> {
  if (policy !== undefined) return { policyId: policy };
  const userId = await pagerUserOf(core, person);
  return userId === undefined ? undefined : { userId };
}

/** Whoever read that PagerDuty failed is told when it took the page after all. */
function reachedAfterAll(now: Incident, page: Page): Effect[] {
  if (!now.pages[page.id]?.failed.some(({ via }) => via === 'pagerduty')) return [];
  const text = `PagerDuty has taken the page for ${mention(page.person)} after all.`;
  return [{ do: 'say', notice: `page-reached:${page.id}`, text }];
}

/** Who has not answered may still do so, and is rung as long as that is no surprise. */
function isWanted(incident: Incident, page: Page, now: Instant): boolean {
  const ladder = incident.ladders[page.ladder];
  if (!isOpen(incident) || ladder?.state === 'stopped' || ladder?.state === 'acknowledged') return false;
  return page.state === 'waiting' || (page.state === 'unanswered' && now - page.pagedAt <= STILL_EXPECTED_MS);
}

function requestOf(core: Core, incident: Incident, page: Page) {
  const name = incidentName(incident.number);
  const zone = core.team.timezone;
  const roster = incident.ladders[page.ladder]?.roster;
  // Nothing of a private incident leaves it, not even its title.
  const title = incident.private
    ? `Private incident ${name}`
    : `${name} ${incident.title}: ${roster ?? 'you'} needed`;
  const details = incident.private
    ? `You are needed in private incident ${name}. Slack has the rest.`
    : `Declared ${clockTime(incident.declaredAt, zone)}, ${incident.severity}.${
        incident.channel ? ` Slack: #${incident.channel.name}` : ''
      }`;
  const priority = core.team.severities[incident.severity].pagerduty;
  return { title, details, urgency: 'high' as const, ...(priority ? { priorityName: priority } : {}) };
}

async function fail(
  task: Task<'page-by-pagerduty'>,
  page: Page,
  why: string,
  trying: boolean,
): Promise<void> {
  await record(task, (now) =>
    pageFailed(now, page.id, { via: 'pagerduty', why: asTyped(why), trying }, nowOf(task.core)),
  );
}

/** Brings PagerDuty to what is true here: acknowledged where somebody has it, closed where nobody is needed. */
export const settleInPagerDuty: Job<'settle-in-pagerduty'> = async ({ core, incident, effect }) => {
  const page = incident.pages[effect.page];
  const sent = page?.sent.find(({ via }) => via === 'pagerduty');
  const { pager } = core.world;
  if (!page || !sent || !pager) return;
  const taken = (incident.ladders[page.ladder]?.pages ?? []).some(
    (id) => incident.pages[id]?.state === 'acknowledged',
  );
  if (!isOpen(incident) || page.state === 'declined' || (taken && page.state !== 'acknowledged')) {
    await pager.resolve(sent.id);
  } else if (page.state === 'acknowledged') {
    await pager.acknowledge(sent.id);
  }
};

/** The last step of a ladder: the policy takes over a page that rings there, or is paged itself where none does. */
export const callPolicy: Job<'call-policy'> = async (task) => {
  const { core, incident, effect } = task;
  const ladder = incident.ladders[effect.ladder];
  const policy = core.team.rosters[ladder?.roster ?? '']?.escalationPolicy;
  const { pager } = core.world;
  if (ladder?.state !== 'exhausted' || !policy || !pager || !isOpen(incident)) return;
  const over: string[] = [];
  for (const { page, id } of pagesForPolicy(incident, ladder)) {
    const told = await pager.incident(id);
    if (told && told.kind !== 'resolved') {
      await pager.reassignToPolicy(id, policy);
      await record(task, (now) => policyTookOver(now, page.id, policy, nowOf(core)));
      return;
    }
    over.push(page.id);
  }
  await record(task, (now) => pagePolicy(now, ladder.id, { policy, over }, nowOf(core)));
};
