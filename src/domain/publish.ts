import { isBare } from './action-items.ts';
import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { Incident } from './incident.ts';
import type { ReportStage } from './report-state.ts';
import { stageOf } from './retrospective.ts';
import { asTyped, listed, mention } from './sentence.ts';
import { type Actor, type Instant, incidentName, type PersonId } from './words.ts';

/** What publishing needs from outside the incident. */
export interface PublishSetup {
  /** Of the team's file: `owner/name`. */
  repository?: string;
  /** Whether GitHub is connected. */
  connected: boolean;
  /** The webhook that takes reports too. */
  wiki?: string;
}

/**
 * Puts the report before the world: an issue for each action item first, so that the report can link them, then the
 * pull request. Asking again brings the same ones up to date.
 */
export function askPublish(incident: Incident, setup: PublishSetup, by: Actor, now: Instant): Decision {
  const against = noReportYet(incident) ?? notPublishable(incident, setup);
  if (against) return refuse(against);
  const byGitHub = setup.connected && setup.repository !== undefined;
  const items = setup.connected ? incident.actions.filter(isBare) : [];
  const issues: Effect[] = items.map(({ id }) => ({ do: 'open-issue', action: id }));
  const first = items.length === 0 ? '' : `${count(items.length, 'issue')} for action items first, then `;
  const again = incident.published === undefined ? 'the pull request' : 'the pull request that stands';
  const asked = incident.seq;
  const ways: Effect[] = [
    ...(byGitHub ? [{ do: 'publish-report', asked } as const] : []),
    ...(setup.wiki === undefined ? [] : [{ do: 'send-report', asked } as const]),
  ];
  const wiki = setup.wiki === undefined ? '' : asTyped(setup.wiki);
  const answer = byGitHub
    ? `On its way to ${setup.repository}: ${first}${again}${wiki === '' ? '' : `, and to ${wiki}`}. I say here when it stands.`
    : `On its way to ${wiki}. I say here when it stands.`;
  return { facts: [{ type: 'publish-asked', by, at: now }], effects: [...issues, ...ways], answer };
}

function noReportYet(incident: Incident): string | undefined {
  if (incident.resolvedAt !== undefined) return undefined;
  const name = incidentName(incident.number);
  return `${name} is ${stageOf(incident)}, and its report is made when it is resolved. Type \`/incident resolve\` first.`;
}

function notPublishable(
  incident: Incident,
  { repository, connected, wiki }: PublishSetup,
): string | undefined {
  const kept = 'The report stands in this channel as a file.';
  const name = incidentName(incident.number);
  if (incident.private) return `${name} is private, so nothing of it is published. ${kept}`;
  if (wiki !== undefined) return undefined;
  if (repository === undefined) {
    return `No repository is named for reports: set \`report.repository\` (or \`report.webhook\`) in the team's file. ${kept}`;
  }
  if (!connected) return `GitHub is not connected: set \`GITHUB_TOKEN\` and start the bot again. ${kept}`;
  return undefined;
}

function count(number: number, what: string): string {
  return number === 1 ? `one ${what}` : `${number} ${what}s`;
}

/** Marks the report: read and found right by a second person, done with, or a draft again. */
export function markReport(
  incident: Incident,
  { to, because }: { to: ReportStage; because?: string },
  person: PersonId,
  now: Instant,
): Decision {
  const name = incidentName(incident.number);
  const stage = incident.reportState ?? 'draft';
  const against = noReportYet(incident);
  if (against) return refuse(against);
  if (stage === to) return nothing(`${name}'s report is ${to === 'draft' ? 'a draft' : to} already.`);
  const why = because?.replaceAll(/\s+/g, ' ').trim();
  const wrong = OBJECTIONS[to](incident, stage, why ?? '', person);
  if (wrong) return refuse(wrong);
  const words = to === 'draft' ? 'a draft again' : to;
  const given = why ? `: ${asTyped(why)}` : '';
  const bare = to === 'reviewed' && needsReason(incident) ? `, although ${bareWords(incident)} no issue` : '';
  return {
    facts: [
      {
        type: 'report-marked',
        to,
        ...(why ? { because: why } : {}),
        by: { kind: 'person', id: person },
        at: now,
      },
    ],
    effects: [
      {
        do: 'say',
        notice: `report-${to}:${now}`,
        text: `📄 The report of ${name} is ${words}, says ${mention(person)}${bare}${given}.`,
      },
    ],
    answer: `${name}'s report is ${words}.`,
  };
}

type Objection = (
  incident: Incident,
  stage: ReportStage,
  why: string,
  person: PersonId,
) => string | undefined;

const OBJECTIONS: Record<ReportStage, Objection> = {
  draft: () => undefined,
  reviewed(incident, stage, why, person) {
    const name = incidentName(incident.number);
    if (stage === 'closed') {
      return `${name}'s report is closed, which is more than reviewed. \`/incident report draft\` opens it again.`;
    }
    if (wroteIt(incident, person)) {
      return 'You wrote it, so somebody else reviews it: a second pair of eyes is what this mark says. Ask them to type `/incident report reviewed`.';
    }
    if (!needsReason(incident) || /\p{L}{2}/u.test(why)) return undefined;
    return `The report is not reviewed yet, because ${bareWords(incident)} no issue. \`/incident report publish\` opens what is missing, \`/incident action ${incident.actions.find(isBare)?.id} link https://…\` names one that stands; or say why none is needed: \`/incident report reviewed because it is a note to ourselves\`.`;
  },
  closed(incident, stage) {
    if (stage === 'reviewed') return undefined;
    return `${incidentName(incident.number)}'s report is a draft. A second person marks it with \`/incident report reviewed\`; then it can be closed.`;
  },
};

/** Who wrote its words or published it; of one that nobody wrote, who led. */
export function wroteIt({ writers = [], roles }: Incident, person: PersonId): boolean {
  return writers.length > 0 ? writers.includes(person) : roles.responder === person;
}

/** Of a private incident no issue is made, so none is missing. */
export function needsReason(incident: Incident): boolean {
  return !incident.private && incident.actions.some(isBare);
}

function bareWords(incident: Incident): string {
  const ids = incident.actions.filter(isBare).map(({ id }) => id);
  return ids.length === 1 ? `action item ${ids[0]} has` : `action items ${listed(ids)} have`;
}

/** Whether something that was found may be read in public. */
export function decideFinding(
  incident: Incident,
  { finding, what, shown }: { finding: string; what: string; shown: boolean },
  by: Actor,
  now: Instant,
): Changes {
  const already = (incident.shownInPublic ?? []).includes(finding) === shown;
  const answer = shown ? `It will be public: ${what}.` : `It is held back: ${what}.`;
  if (already) return { facts: [], effects: [], answer };
  return { facts: [{ type: 'finding-decided', finding, shown, what, by, at: now }], effects: [], answer };
}

/** The same for several at once. */
export function decideFindings(
  incident: Incident,
  { findings, shown }: { findings: readonly { finding: string; what: string }[]; shown: boolean },
  by: Actor,
  now: Instant,
): Changes {
  const each = findings.map((one) => decideFinding(incident, { ...one, shown }, by, now));
  return {
    facts: each.flatMap(({ facts }) => facts),
    effects: [],
    answer: each.map(({ answer = '' }) => answer).join(' '),
  };
}
