import { type Core, nowOf } from '../core.ts';
import { sourceActor } from '../domain/alert.ts';
import { viewAlert } from '../domain/alert-merge.ts';
import { serviceOfLabels } from '../domain/alert-rules.ts';
import { severityOfAlert } from '../domain/alert-severity.ts';
import { refuse } from '../domain/decision.ts';
import { declare, TITLE_MAX } from '../domain/declare.ts';
import type { Incident } from '../domain/incident.ts';
import { objection } from '../domain/permitted.ts';
import { asTyped, mention } from '../domain/sentence.ts';
import { incidentName, type PersonId, type SeverityName } from '../domain/words.ts';
import { errandJob } from '../jobs/errands.ts';
import { alertsOfOffer, lockDeclaring } from '../store/alerts.ts';
import {
  decideOffer,
  lockOfferWithAlerts,
  type Offer,
  type OfferDecision,
  settleAlerts,
} from '../store/offers.ts';
import { type Door, type Outcome, together } from './change.ts';
import { sameThing } from './declare-incident.ts';
import { redrawOffer } from './redraw-offer.ts';

/** A pressed button under an offer. */
interface Press {
  offer: number;
  person: PersonId;
  delivery: string;
}

/** Of a flood, so many say how grave it is. */
const LOOKED_AT = 100;
const GONE = 'This offer is no longer kept. Declare with `/incident declare sev1 <title>`.';
const IGNORED =
  'Ignored while it lasts. When it opens again after more than half an hour, it is offered again.';

/** *Declare*: one incident of all alerts of the offer. Answers what the person is told. */
export function declareOffered(core: Core, press: Press): Promise<string> {
  const { severities, rosters, services } = core.team;
  return decided(core, press, async (door, offer) => {
    const alerts = await alertsOfOffer(door.tx, offer.id, LOOKED_AT);
    const [first] = alerts;
    if (!first) return GONE;
    const view = viewAlert(first.known);
    const service = serviceOfLabels(view.labels, services)?.name;
    const severity = gravest(alerts.map(({ known }) => severityOfAlert(viewAlert(known), severities)));
    const title = [...view.title].slice(0, TITLE_MAX).join('');
    const named = service === undefined ? { title } : { title, service };
    await lockDeclaring(door.tx);
    const standing = await sameThing(core, { ...named, by: sourceActor(view.source) }, door.tx);
    if (standing) {
      // So that the button spoken of is there.
      await redrawOffer(door, offer.id, core.store.now());
      return sameAs(standing, severity);
    }
    const declaration = {
      ...named,
      severity,
      private: false,
      by: { kind: 'person', id: press.person },
      responder: press.person,
      page: severities[severity].pageOnDeclare.filter((roster) => rosters[roster]),
    } as const;
    const outcome = await door.begin(() => {
      const declared = declare(declaration, nowOf(core));
      if ('refused' in declared) return declared;
      return { ...declared, effects: [...declared.effects, { do: 'join-alerts' }] };
    });
    if (outcome.kind !== 'done') return outcome;
    const { number } = outcome.incident;
    await settle(door, offer, { what: 'declared', by: press.person, incident: number });
    return `${incidentName(number)} is declared (${severity}). Its channel opens now, and you are brought in.`;
  });
}

/** sev1 comes before sev2. */
function gravest(severities: readonly SeverityName[]): SeverityName {
  return severities.toSorted()[0] ?? 'sev1';
}

function sameAs({ number, title }: Incident, severity: SeverityName): string {
  const name = incidentName(number);
  return `${name} “${asTyped(title)}” is open already and speaks of the same. Press **Attach to ${name}**, or type \`/incident declare ${severity} <title>\` if it is another one.`;
}

/** *Attach to INC-12*. */
export function attachOffered(core: Core, press: Press & { incident: number }): Promise<string> {
  const name = incidentName(press.incident);
  return decided(core, press, async (door, offer) => {
    const outcome = await door.change({ number: press.incident }, (incident) => {
      const isHidden = incident.private && !incident.people.includes(press.person);
      if (isHidden) return refuse(`There is no ${name} to which you can attach this.`);
      const against = objection(incident, 'log');
      return against ? refuse(against) : { facts: [], effects: [{ do: 'join-alerts' }] };
    });
    if (outcome.kind !== 'done') return outcome;
    await settle(door, offer, { what: 'attached', by: press.person, incident: press.incident });
    return `Attached to ${name}.`;
  });
}

/** *Ignore*, while it lasts. */
export function ignoreOffered(core: Core, press: Press): Promise<string> {
  return decided(core, press, async (door, offer) => {
    await settle(door, offer, { what: 'ignored', by: press.person });
    return IGNORED;
  });
}

/** Whoever presses first decides; the others are told what stands. */
async function decided(
  core: Core,
  press: Press,
  decide: (door: Door, offer: Offer) => Promise<string | Outcome>,
): Promise<string> {
  let said: string | Outcome = GONE;
  const outcome = await together(core.store, { delivery: press.delivery }, async (door) => {
    const offer = await lockOfferWithAlerts(door.tx, press.offer);
    if (offer) {
      said = offer.decision
        ? `${decisionWords(offer.decision)} Nothing has changed.`
        : await decide(door, offer);
    }
    return { kind: 'no-incident' };
  });
  return outcome.kind === 'repeated' ? 'That was taken already.' : wordsOf(said);
}

function wordsOf(said: string | Outcome): string {
  if (typeof said === 'string') return said;
  return said.kind === 'refused' ? said.sentence : GONE;
}

async function settle(door: Door, offer: Offer, decision: OfferDecision): Promise<void> {
  const { incident } = decision;
  await decideOffer(door.tx, offer.id, decision);
  const where = incident === undefined ? undefined : { standing: 'joined' as const, incident };
  await settleAlerts(door.tx, offer.id, where ?? { standing: 'ignored' });
  await door.send([errandJob({ do: 'show-offer', offer: offer.id })]);
}

/** `@Ana attached it to INC-12.` */
export function decisionWords(decision: OfferDecision): string {
  const { what, incident } = decision;
  const name = incident === undefined ? '' : incidentName(incident);
  if (what === 'joined') return `It belongs to ${name} and is in its timeline.`;
  const { by } = decision;
  if (what === 'declared') return `${mention(by)} declared ${name}.`;
  return what === 'attached'
    ? `${mention(by)} attached it to ${name}.`
    : `${mention(by)} ignores it while it lasts.`;
}
