import type { Incident } from '../../domain/incident.ts';
import { incidentName } from '../../domain/words.ts';
import { VIEWS } from '../ids.ts';
import { section } from './blocks.ts';
import { choice, modal, type View } from './forms.ts';

const OPTIONS_MAX = 100;

/** Which incident this one is a duplicate of. */
export function mergeForm({ number, channel }: Incident, others: readonly Incident[]): View {
  const options = others
    .slice(0, OPTIONS_MAX)
    .map((other) => ({ value: `${other.number}`, label: `${incidentName(other.number)} ${other.title}` }));
  const memory = { incident: number, ...(channel ? { channelId: channel.id } : {}) };
  return modal(VIEWS.merge, memory, 'A duplicate', 'Merge', [
    section(
      `${incidentName(number)} ends, and its timeline, action items and lessons become part of the other incident. Pages for it stop.`,
    ),
    choice('into', 'Of which incident is this a duplicate?', options, options[0]?.value ?? ''),
  ]);
}
