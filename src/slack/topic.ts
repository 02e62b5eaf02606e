import type { Incident } from '../domain/incident.ts';
import { stateOf } from '../domain/retrospective.ts';
import { asTyped } from '../domain/sentence.ts';
import type { Team } from '../domain/team.ts';
import { incidentName, type UsualRole } from '../domain/words.ts';
import { shorten } from './text/shorten.ts';
import { plainFromMarkdown } from './text/to-slack.ts';

const TOPIC_MAX = 250;

/** The topic of an incident's channel, plain. */
export function topicOf(incident: Incident, team: Team): string {
  const role = (name: UsualRole) => {
    const holder = team.people.find(({ slack }) => slack !== undefined && slack === incident.roles[name]);
    return holder ? `${team.roles[name].label}: ${asTyped(holder.name)}` : undefined;
  };
  const parts = [
    `${incidentName(incident.number)} ${asTyped(incident.title)}`,
    incident.severity,
    incident.mergedInto === undefined
      ? stateOf(incident)
      : `duplicate of ${incidentName(incident.mergedInto)}`,
    role('responder'),
    role('communications'),
  ].filter((part) => part !== undefined);
  return shorten(plainFromMarkdown(parts.join(' · ')), TOPIC_MAX);
}
