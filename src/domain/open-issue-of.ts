import { itemOf, noSuchItem } from './action-verbs.ts';
import { type Decision, nothing, refuse } from './decision.ts';
import type { Incident } from './incident.ts';
import { incidentName } from './words.ts';

/** Asks for the issue of one action item. */
export function openIssueOf(
  incident: Incident,
  id: string,
  { repository, connected }: { repository: string | undefined; connected: boolean },
): Decision {
  const item = itemOf(incident, id);
  if (!item) return refuse(noSuchItem(incident, id));
  const link = `Give its link instead: \`/incident action ${id} link https://…\`.`;
  if (incident.private)
    return refuse(`${incidentName(incident.number)} is private, so no issue is made of it.`);
  if (!repository)
    return refuse(`No repository is named for issues: set \`report.issues\` in the team's file. ${link}`);
  if (!connected)
    return refuse(`GitHub is not connected: set \`GITHUB_TOKEN\` and start the bot again. ${link}`);
  if (item.url) return nothing(`Action item ${id} has its issue: ${item.url}`);
  if (item.resembles) return nothing(`First say whether action item ${id} is #${item.resembles.number}.`);
  return {
    facts: [],
    effects: [{ do: 'open-issue', action: id }],
    answer: `The issue of action item ${id} is on its way; I say here when it stands.`,
  };
}
