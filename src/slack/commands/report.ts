import { changeIncident } from '../../actions/change.ts';
import { renderedIncident } from '../../actions/render-report.ts';
import type { Incident } from '../../domain/incident.ts';
import { HELD_WORDS } from '../../domain/public-form/held-kinds.ts';
import type { Finding } from '../../domain/public-form/veil.ts';
import { askPublish, decideFindings, markReport, type PublishSetup } from '../../domain/publish.ts';
import type { ReportStage } from '../../domain/report-state.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import { incidentName } from '../../domain/words.ts';
import { incidentByNumber, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { decided } from '../pressed.ts';
import { reportPreview as previewBlocks } from '../views/report-preview.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typedPlain } from './typed.ts';

export const reportCommand: Subcommand = {
  name: 'report',
  aliases: ['postmortem'],
  usage: ['report', 'report publish', 'report reviewed [because <why>]', 'report closed', 'report draft'],
  says: 'what will be public; `publish` it, mark it `reviewed` or `closed`',
  async run(gesture, rest) {
    const { word, rest: more } = firstWord(rest);
    switch (word.toLowerCase()) {
      case '':
      case 'preview':
        return previewHere(gesture);
      case 'publish':
        return publish(gesture, { channelId: gesture.channelId });
      case 'review':
      case 'reviewed':
        return marked(gesture, 'reviewed', typedPlain(gesture, more.replace(/^because\b:?\s*/i, '')));
      case 'close':
      case 'closed':
        return marked(gesture, 'closed', '');
      case 'draft':
        return marked(gesture, 'draft', '');
      default:
        return {
          text: `“${asTyped(word)}” is nothing that I can do with a report. Type \`/incident report\` for a preview, \`report publish\`, \`report reviewed\` \`report closed\` or \`report draft\`.`,
        };
    }
  },
};

async function previewHere(gesture: Gesture): Promise<Reply> {
  const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
  return incident ? reportPreview(gesture, incident) : { text: NOT_HERE };
}

/** What will be public, and what is held back from it. Possible at any time, for whoever is in the channel. */
export async function reportPreview({ core }: Gesture, incident: Incident): Promise<Reply> {
  const { markdown, findings } = await renderedIncident(core, incident);
  const setup = setupOf(core);
  return previewBlocks({
    number: incident.number,
    markdown,
    // What is held back first: it is what somebody has to look at.
    findings: [...findings].sort((a, b) => Number(a.kept) - Number(b.kept)),
    public: core.team.report.public,
    state: stateWords(incident),
    stage: incident.resolvedAt === undefined ? undefined : (incident.reportState ?? 'draft'),
    canPublish:
      incident.resolvedAt !== undefined &&
      !incident.private &&
      (setup.wiki !== undefined || (setup.connected && setup.repository !== undefined)),
  });
}

function stateWords({ published, reportState, reviewed, resolvedAt }: Incident): string {
  if (resolvedAt === undefined) return 'a draft of an incident that is not over';
  const where = published ? `, in [${published.repository}#${published.number}](${published.url})` : '';
  if (reportState === undefined || reportState === 'draft') return `a draft${where}`;
  const by = reviewed?.by.kind === 'person' ? ` by ${mention(reviewed.by.id)}` : '';
  const why =
    reviewed?.because === undefined
      ? ''
      : `, although an action item has no issue: ${asTyped(reviewed.because)}`;
  const found = reportState === 'closed' ? `closed, reviewed${by}` : `reviewed${by}`;
  return `${found}${why}${where}`;
}

function setupOf(core: Gesture['core']): PublishSetup {
  const { repository } = core.team.report;
  return {
    connected: core.world.repository !== undefined,
    ...(repository === undefined ? {} : { repository }),
    ...(core.world.wiki ? { wiki: core.world.wiki.name } : {}),
  };
}

export async function publish(
  { core, person, delivery }: Gesture,
  which: { number: number } | { channelId: string },
): Promise<Reply> {
  const by = { kind: 'person', id: person } as const;
  const outcome = await changeIncident(
    core.store,
    which,
    (incident) => askPublish(incident, setupOf(core), by, core.store.now().getTime()),
    { delivery },
  );
  return replyOf(outcome);
}

/** The buttons under the preview; with a reason where the form asked for one. */
export async function markedByButton(
  gesture: Gesture,
  number: number,
  to: ReportStage,
  because = '',
): Promise<Reply> {
  return decided(gesture, number, (incident, _, now) =>
    markReport(incident, { to, ...(because ? { because } : {}) }, gesture.person, now),
  );
}

function marked(gesture: Gesture, to: ReportStage, because: string): Promise<Reply> {
  return inThisIncident(gesture, (incident, _, now) =>
    markReport(incident, { to, ...(because ? { because } : {}) }, gesture.person, now),
  );
}

/** A press of *Keep* or *Replace*, for one thing or for several; the preview is shown anew. */
export async function decideOnFindings(
  gesture: Gesture,
  number: number,
  isMeant: (finding: Finding) => boolean,
  shown: boolean,
): Promise<Reply> {
  const { core, person, channelId, delivery } = gesture;
  const before = await incidentByNumber(core.store.database.prisma, number);
  if (!before || before.channel?.id !== channelId) return { text: NOT_HERE };
  const meant = (await renderedIncident(core, before)).findings.filter(isMeant);
  if (meant.length === 0) {
    return {
      text: `That is no longer in the report of ${incidentName(number)}. \`/incident report\` shows what is.`,
    };
  }
  const findings = meant.map(({ id, kind, where }) => ({
    finding: id,
    what: `${HELD_WORDS[kind].name} in ${where[0] ?? 'the report'}`,
  }));
  const by = { kind: 'person', id: person } as const;
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) => decideFindings(incident, { findings, shown }, by, core.store.now().getTime()),
    { delivery },
  );
  if (outcome.kind !== 'done') return replyOf(outcome);
  return { ...(await reportPreview(gesture, outcome.incident)), replace: true };
}
