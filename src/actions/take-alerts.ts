import { isDeepStrictEqual } from 'node:util';
import { type Core, nowOf } from '../core.ts';
import { type IncomingAlert, sourceActor } from '../domain/alert.ts';
import { isRelay, isSameThing } from '../domain/alert-line.ts';
import { type AlertView, type KnownAlert, mergeAlert, viewAlert } from '../domain/alert-merge.ts';
import { DECLARED_MOST, type Place, placeAlert, type Sibling } from '../domain/alert-place.ts';
import { serviceOfLabels } from '../domain/alert-rules.ts';
import { declare, TITLE_MAX } from '../domain/declare.ts';
import type { SeverityName } from '../domain/words.ts';
import {
  alertsCalled,
  CLAIMED,
  candidateIncidents,
  claimAlerts,
  type KeptAlert,
  lockDeclaring,
  siblingsOf,
} from '../store/alerts.ts';
import { holdWaiting, type Offer, offersById } from '../store/offers.ts';
import { type Door, together } from './change.ts';
import { type Candidates, type Settled, settleAlerts } from './settle-alerts.ts';
import { noticeOnce } from './tell-alerts-channel.ts';

/** Keeps all that is told, in its order, in one transaction. Answers what is kept of each then. */
export async function takeAlerts(core: Core, told: readonly IncomingAlert[]): Promise<KeptAlert[]> {
  const fingerprints = [...new Set(told.map(({ fingerprint }) => fingerprint))];
  const kept = await alertsCalled(core.store.database.prisma, fingerprints);
  const news = told.filter((one) => !isKnown(kept.get(one.fingerprint), one));
  if (news.length > 0) {
    await together(core.store, {}, async (door) => {
      // Before any alert is claimed: whoever finds messages for them takes the locks in that order.
      await holdWaiting(door.tx);
      const sitting = await openSitting(core, door, news);
      for (const one of news) await hear(sitting, one);
      const changed = [...sitting.changed].flatMap((fingerprint) => sitting.alerts.get(fingerprint) ?? []);
      await settleAlerts(core, door, changed, sitting);
      for (const alert of changed) kept.set(alert.known.fingerprint, alert);
      return { kind: 'no-incident' };
    });
  }
  return told.map(({ fingerprint }) => {
    const alert = kept.get(fingerprint);
    if (!alert) throw new Error('an alert was taken and is not kept');
    return alert;
  });
}

function isKnown(kept: KeptAlert | undefined, told: IncomingAlert): boolean {
  if (!kept || kept.version === CLAIMED) return false;
  const merged = mergeAlert(kept.known, told);
  // Without a time of its own, a repeat is known by changing nothing that anybody sees.
  if (told.startAssumed) return isDeepStrictEqual(viewAlert(merged), viewAlert(kept.known));
  return isDeepStrictEqual(merged, kept.known);
}

/** What one transaction knows and has decided so far: whoever comes later sees what became of those before. */
interface Sitting {
  core: Core;
  door: Door;
  /** All that are told of, claimed. */
  alerts: Map<string, Settled>;
  changed: Set<string>;
  /** The latest other alerts of each series and family. */
  others: KeptAlert[];
  offers: Map<number, Offer>;
  candidates: Candidates;
  /** Incidents that alerts have joined whose relays are elsewhere. */
  relayed: Set<number>;
  isDeclaring: boolean;
}

async function openSitting(core: Core, door: Door, news: readonly IncomingAlert[]): Promise<Sitting> {
  const first = new Map(news.toReversed().map((one) => [one.fingerprint, mergeAlert(undefined, one)]));
  const alerts = await claimAlerts(door.tx, [...first.values()]);
  const views = [...first.values(), ...[...alerts.values()].map(({ known }) => known)].map(viewAlert);
  const alike = {
    series: [...new Set(views.map(({ series }) => series))],
    families: [...new Set(views.flatMap(({ family }) => family ?? []))],
  };
  const others = await siblingsOf(door.tx, alike, [...alerts.keys()]);
  const offered = [...alerts.values(), ...others].flatMap(({ offer }) =>
    offer === undefined ? [] : [offer],
  );
  return {
    core,
    door,
    alerts,
    changed: new Set(),
    others,
    offers: await offersById(door.tx, [...new Set(offered)]),
    candidates: await candidateIncidents(door.tx, core.store.now()),
    relayed: new Set(),
    isDeclaring: false,
  };
}

/**
 * More is known of an alert than before. A new one is judged; one without a home again when it was over and opens
 * anew, and when a better source tells of it than before, unless a person has decided.
 */
async function hear(sitting: Sitting, told: IncomingAlert): Promise<void> {
  const kept = sitting.alerts.get(told.fingerprint);
  if (!kept || isKnown(kept, told)) return;
  const isNew = kept.version === CLAIMED;
  const known = isNew ? mergeAlert(undefined, told) : mergeAlert(kept.known, told);
  const view = viewAlert(known);
  const learnt = { ...kept, known, series: view.series, version: kept.version + 1 };
  const before = viewAlert(kept.known);
  const opensAnew = !before.open && view.open && !isUndecided(sitting, kept.offer);
  const isToldBetter = before.source !== view.source && !isDecided(sitting, kept.offer);
  const isJudged = isNew || (kept.incident === undefined && (opensAnew || isToldBetter));
  const now = isJudged ? await placed(sitting, learnt) : learnt;
  sitting.alerts.set(told.fingerprint, staysOffered(sitting, kept, now) ? { ...learnt, placed: false } : now);
  sitting.changed.add(told.fingerprint);
}

/** A message that offers it stands until an incident takes it; and nobody there is pointed at a private one. */
function staysOffered(sitting: Sitting, { standing, offer }: KeptAlert, { incident }: Settled): boolean {
  if (standing !== 'offered' || !isUndecided(sitting, offer)) return false;
  const home = sitting.candidates.find(({ number }) => number === incident);
  return home === undefined || home.private;
}

function isDecided({ offers }: Sitting, offer: number | undefined): boolean {
  const decision = offer === undefined ? undefined : offers.get(offer)?.decision;
  return decision !== undefined && decision !== null;
}

function isUndecided({ offers }: Sitting, offer: number | undefined): boolean {
  return offer !== undefined && offers.get(offer)?.decision === null;
}

async function placed(sitting: Sitting, learnt: Settled): Promise<Settled> {
  const { known, series, version } = learnt;
  const here = { known, series, version, placed: true };
  const waits = isUndecided(sitting, learnt.offer) ? learnt.offer : undefined;
  const told = waits === undefined ? here : { ...here, offer: waits };
  let place = placeOf(sitting, known);
  if (place.kind === 'declare') {
    await holdDeclaring(sitting);
    place = placeOf(sitting, known);
  }
  switch (place.kind) {
    case 'as-before': {
      const sibling = siblingOf(sitting, known);
      const { standing = 'kept', incident } = sibling ?? {};
      const offer = waits ?? sibling?.offer;
      return {
        ...here,
        standing,
        ...(incident === undefined ? {} : { incident }),
        ...(offer === undefined ? {} : { offer }),
      };
    }
    case 'join':
      if (isRelayed(sitting, known)) sitting.relayed.add(place.incident);
      return { ...told, standing: 'joined', incident: place.incident };
    case 'declare':
      return { ...told, standing: 'joined', incident: await declareFor(sitting, known, place.severity) };
    case 'too-many':
      await tellOfTooMany(sitting);
      return { ...here, standing: offered(sitting) };
    case 'offer':
      return { ...here, standing: offered(sitting) };
    case 'ignore':
      return { ...here, standing: 'ignored' };
    case 'keep':
      return { ...here, standing: 'kept' };
  }
}

function offered({ core }: Sitting): 'offered' | 'kept' {
  return core.team.alertsChannel === undefined ? 'kept' : 'offered';
}

function placeOf(sitting: Sitting, known: KnownAlert): Place {
  const { core, candidates } = sitting;
  const other = siblingOf(sitting, known);
  const view = viewAlert(known);
  return placeAlert(view, other && siblingWords(sitting, view, other), core.team, candidates, nowOf(core));
}

/** The latest other alert that is the same thing, or relays it, of those told of before and of those told of just now. */
function siblingOf({ alerts, others }: Sitting, known: KnownAlert): KeptAlert | undefined {
  const view = viewAlert(known);
  const heard = [...alerts.values()].filter(({ version }) => version !== CLAIMED);
  const siblings = [...heard, ...others]
    .filter((other) => other.known.fingerprint !== known.fingerprint)
    .map((other) => ({ other, seen: viewAlert(other.known) }))
    .filter(({ seen }) => isSameThing(view, seen));
  return siblings.sort((a, b) => b.seen.startedAt - a.seen.startedAt)[0]?.other;
}

/** What relays it has no home yet, and goes where it goes. */
function isRelayed(sitting: Sitting, known: KnownAlert): boolean {
  const other = siblingOf(sitting, known);
  return other !== undefined && other.incident === undefined && isRelay(viewAlert(other.known));
}

function siblingWords(sitting: Sitting, told: AlertView, { known, ...kept }: KeptAlert): Sibling {
  const { standing, incident, offer } = kept;
  const seen = viewAlert(known);
  const { startedAt, endedAt } = seen;
  return {
    standing,
    startedAt,
    undecided: isUndecided(sitting, offer),
    relays: isRelay(seen) && !isRelay(told) && !isDecided(sitting, offer),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(incident === undefined ? {} : { incident }),
  };
}

/** One process at a time declares for alerts, and knows what the others have declared. */
async function holdDeclaring(sitting: Sitting): Promise<void> {
  if (sitting.isDeclaring) return;
  await lockDeclaring(sitting.door.tx);
  sitting.isDeclaring = true;
  sitting.candidates = await candidateIncidents(sitting.door.tx, sitting.core.store.now());
}

/** One incident for an alert, and for all that speak of the same service: whoever comes second joins it. */
async function declareFor(sitting: Sitting, known: KnownAlert, severity: SeverityName): Promise<number> {
  const { core, door } = sitting;
  const view = viewAlert(known);
  const { severities, rosters, services } = core.team;
  const service = serviceOfLabels(view.labels, services)?.name;
  const outcome = await door.begin(() =>
    declare(
      {
        title: [...view.title].slice(0, TITLE_MAX).join(''),
        severity,
        private: false,
        by: sourceActor(view.source),
        page: severities[severity].pageOnDeclare.filter((roster) => rosters[roster]),
        ...(service === undefined ? {} : { service }),
      },
      nowOf(core),
    ),
  );
  if (outcome.kind !== 'done') throw new Error(`an alert could not declare: ${outcome.kind}`);
  sitting.candidates = await candidateIncidents(door.tx, core.store.now());
  return outcome.incident.number;
}

async function tellOfTooMany({ core, door }: Sitting): Promise<void> {
  await noticeOnce(core, door, {
    about: 'too-many-declared',
    text: `⚠️ Alerts have declared ${DECLARED_MOST} incidents within 10 min. Those that follow are offered here instead of declaring more.`,
  });
}
