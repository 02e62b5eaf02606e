import { profileOfPerson } from '../actions/profiles.ts';
import { clockTime } from '../domain/clock-words.ts';
import type { Effect } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { pageFailed, pageSent } from '../domain/page-delivery.ts';
import type { Page } from '../domain/paging-state.ts';
import { memberById } from '../domain/people.ts';
import { isOpen } from '../domain/permitted.ts';
import { asTyped, mention } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { type Core, type Job, nowOf, record, type Task } from './context.ts';

/** The page's own name in PagerDuty. The random part keeps two installations on one account apart. */
function pagerKey(incident: Pick<Incident, 'number' | 'uid'>, page: string): string {
  return `daywatch-${incidentName(incident.number)}-page-${page}-${incident.uid}`;
}

/** Reads a key back; nothing when it is not ours. */
export function readPagerKey(key: string): { number: number; page: string; uid: string } | undefined {
  const [, number, page, uid] = /^daywatch-INC-(\d+)-page-(\d+)-([0-9a-f]+)$/.exec(key) ?? [];
  return number && page && uid ? { number: Number(number), page, uid } : undefined;
}

/** Pages one person by PagerDuty. Until it takes, or the page is answered, it is tried again; never two for one page. */
export const pageByPagerDuty: Job<'page-by-pagerduty'> = async (task) => {
  const { core, incident, effect, attempt } = task;
  const page = incident.pages[effect.page];
  const { pager } = core.world;
  if (!page || page.sent.some(({ via }) => via === 'pagerduty')) return;
  if (attempt.first && !isWanted(incident, page)) return;
  if (!pager) return;
  const userId = await pagerUser(core, page);
  if (userId === undefined) {
    await fail(
      task,
      page,
      'this person has no PagerDuty account that I know of; `pagerduty:` in the team’s file names it.',
      false,
    );
    return;
  }
  const key = pagerKey(incident, page.id);
  try {
    // An earlier attempt may have paged: it is found and settled even when nobody is wanted any more.
    const found = attempt.first ? undefined : await pager.find(key);
    if (!found && !isWanted(incident, page)) return;
    const sent =
      found ??
      (await pager.page({ ...requestOf(core, incident, page), key, userId, firstTry: attempt.first }));
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

/** Whoever read that PagerDuty failed is told when it took the page after all. */
function reachedAfterAll(now: Incident, page: Page): Effect[] {
  if (!now.pages[page.id]?.failed.some(({ via }) => via === 'pagerduty')) return [];
  const text = `PagerDuty has taken the page for ${mention(page.person)} after all.`;
  return [{ do: 'say', notice: `page-reached:${page.id}`, text }];
}

function isWanted(incident: Incident, page: Page): boolean {
  const stopped = incident.ladders[page.ladder]?.state === 'stopped';
  return isOpen(incident) && page.state === 'waiting' && !stopped;
}

async function pagerUser(core: Core, page: Page): Promise<string | undefined> {
  const member = memberById(core.team, page.person);
  if (member?.pagerduty) return member.pagerduty;
  const email = member?.email ?? (await profileOfPerson(core, page.person))?.email;
  return email ? core.world.pager?.userByEmail(email) : undefined;
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

/** The last step of a ladder: the policy takes over the last page, or is said to be out of reach. */
export const callPolicy: Job<'call-policy'> = async (task) => {
  const { core, incident, effect } = task;
  const ladder = incident.ladders[effect.ladder];
  const policy = core.team.rosters[ladder?.roster ?? '']?.escalationPolicy;
  const { pager } = core.world;
  if (ladder?.state !== 'exhausted' || !policy || !pager || !isOpen(incident)) return;
  const last = ladder.pages.findLast((id) => incident.pages[id]?.sent.some(({ via }) => via === 'pagerduty'));
  const sent = last ? incident.pages[last]?.sent.find(({ via }) => via === 'pagerduty') : undefined;
  if (sent) {
    await pager.reassignToPolicy(sent.id, policy);
    return;
  }
  await record(task, () => ({
    facts: [],
    effects: [
      {
        do: 'say',
        notice: `no-policy:${ladder.id}`,
        text: 'No page of this ladder is in PagerDuty, so its escalation policy could not be called. Please call somebody by telephone.',
        loud: true,
      },
    ],
  }));
};
