import type { Changes, Effect } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Store } from './change.ts';

/** What is written down after the incident was resolved belongs into the report that stands already. */
export function withReport(incident: Incident, { facts, effects }: Changes): Changes {
  if (incident.resolvedAt === undefined) return { facts, effects };
  const told = facts.some((fact) => !QUIET.has(fact.type));
  const asked = effects.some((effect) => effect.do === 'make-report');
  const made: Effect[] = told && !asked ? [{ do: 'make-report' }] : [];
  const reviewed: Effect[] = facts.some((fact) => !UNREVIEWED.has(fact.type)) ? [{ do: 'review' }] : [];
  return { facts, effects: [...effects, ...made, ...reviewed] };
}

/** The bytes of files are fetched after what they came with is kept, however it came. */
export function withFiles({ facts, effects }: Changes): Changes {
  const fetched = facts.flatMap((fact): Effect[] => {
    const files =
      fact.type === 'entry-recorded'
        ? fact.content.files
        : fact.type === 'entry-edited'
          ? fact.said?.files
          : undefined;
    if (!files || !('entry' in fact)) return [];
    const { entry } = fact;
    return files.filter(({ gone }) => !gone).map(({ id }) => ({ do: 'keep-file', entry, file: id }));
  });
  return fetched.length === 0 ? { facts, effects } : { facts, effects: [...effects, ...fetched] };
}

/** What any change brings about, whatever made it. */
export function withFollowing(
  store: Pick<Store, 'follow'>,
  before: Incident | undefined,
  after: Incident,
  { facts, effects }: Changes,
): Changes {
  return { facts, effects: [...effects, ...store.follow(before, after)] };
}

/** What takes nothing away from the review, and adds nothing to it. */
const UNREVIEWED: ReadonlySet<string> = new Set([
  'placed',
  'report-made',
  'publish-asked',
  'report-published',
  'report-marked',
  'finding-decided',
  'page-sent',
  'page-delivered',
  'channel-opened',
  'recovery-told',
  'history-read',
  'alert-news',
  'gaps-found',
  'gap-left',
  'lessons-reminded',
]);

/** What the report does not tell. */
const QUIET: ReadonlySet<string> = new Set([
  'placed',
  'report-made',
  'gaps-found',
  'gap-left',
  'lessons-reminded',
  'publish-asked',
  'report-published',
  'report-marked',
  'page-sent',
  'page-delivered',
  'joined',
  'left',
  'channel-opened',
  'entry-source-deleted',
  'entry-kept',
  'recovery-told',
  'history-read',
  'alert-news',
  'update-failed',
  'update-reminded',
  'update-snoozed',
]);
