import { type Changes, type Effect, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { asTyped, listed } from './sentence.ts';
import type { Instant } from './words.ts';
import { incidentName } from './words.ts';
import { isCurrent, type Manner } from './written-updates.ts';
import { MINUTE_MS } from './zone-offsets.ts';

const DAYWATCH = { kind: 'daywatch' } as const;
/** What a service refuses is tried again this often, and for this long: somebody may be mending it. */
const REFUSED_EVERY_MS = 10 * MINUTE_MS;
const REFUSED_FOR_MS = 60 * MINUTE_MS;

interface Which {
  update: string;
  target: string;
}

/** An update has arrived. Those who read that it had not are told. */
export function updateSent(
  incident: Incident,
  which: Which,
  proof: { id: string; version: number; manner: Manner; url?: string; perhapsTwice?: true },
  now: Instant,
): Changes {
  const found = find(incident, which);
  if (!found || (found.delivery.sent?.version ?? 0) >= proof.version) return nothing();
  const { failed, label } = found.delivery;
  const notice = `update-arrived:${which.update}:${which.target}:${proof.version}`;
  const told: Effect[] = failed
    ? [{ do: 'say', notice, text: `📣 Update ${which.update} has reached ${asTyped(label)} now.` }]
    : [];
  return {
    facts: [
      {
        type: 'update-sent',
        ...which,
        ...proof,
        by: DAYWATCH,
        at: now,
        key: `update-sent:${which.update}:${which.target}:${proof.version}`,
      },
    ],
    effects: [...told, ...redraw(which)],
  };
}

/**
 * An update has not arrived: named in the channel once, and tried again. `again` says that the job that tried comes
 * back by itself; what is refused is tried more rarely, for an hour.
 */
export function updateFailed(
  incident: Incident,
  which: Which,
  failure: { why: string; again: boolean; last: boolean },
  now: Instant,
): Changes {
  const found = find(incident, which);
  if (!found || isCurrent(found.update, found.delivery)) return nothing();
  const before = found.delivery.failed;
  const since = before?.trying ? before.since : now;
  const later = !failure.again && now - since < REFUSED_FOR_MS;
  const trying = (failure.again && !failure.last) || later;
  const next: Effect[] = later ? [{ do: 'send-update', ...which, at: now + REFUSED_EVERY_MS }] : [];
  if (before?.why === failure.why && before.trying === trying) return { facts: [], effects: next };
  const said = { why: failure.why, trying };
  // Another reason for the same is seen on the update; the channel hears of it when it begins and when it ends.
  const told = before?.trying === trying ? [] : [notice(incident, which, found.delivery.label, said, now)];
  return {
    facts: [{ type: 'update-failed', ...which, ...said, by: DAYWATCH, at: now }],
    effects: [...next, ...redraw(which), ...told],
  };
}

function notice(
  incident: Incident,
  which: Which,
  label: string,
  failure: { why: string; trying: boolean },
  now: Instant,
): Effect {
  const reached = (incident.updates.written ?? [])
    .filter(({ id }) => id === which.update)
    .flatMap(({ deliveries }) => deliveries.flatMap((one) => (one.sent ? [asTyped(one.label)] : [])));
  const others = reached.length > 0 ? ` It has reached ${listed(reached)}.` : '';
  const further = failure.trying
    ? ' I keep trying.'
    : ' I stop trying by myself; `/incident update retry` or *Try again* sends it.';
  return {
    do: 'say',
    notice: `update-failed:${which.update}:${which.target}:${now}`,
    text: `⚠️ Update ${which.update} of ${incidentName(incident.number)} has not reached ${asTyped(label)}: ${asTyped(failure.why)}${further}${others}`,
  };
}

function redraw({ update }: Which): Effect[] {
  return [
    { do: 'show', message: `update:${update}` },
    { do: 'show', message: 'card' },
  ];
}

function find({ updates }: Incident, which: Which) {
  const update = updates.written?.find(({ id }) => id === which.update);
  const delivery = update?.deliveries.find(({ target }) => target === which.target);
  return update && delivery ? { update, delivery } : undefined;
}
