import { createHash } from 'node:crypto';
import { renderedIncident } from '../actions/render-report.ts';
import { mention } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember, rememberFirst } from '../store/remembered.ts';
import { type Job, record } from './context.ts';

/**
 * The report as the canvas of the incident's channel, kept up to date. Where the workspace has no canvases nothing is
 * said: the report is a file there as well, and `daywatch check` tells of a missing scope.
 */
export const writeCanvas: Job<'write-canvas'> = async (task) => {
  const { core, incident } = task;
  const { channel, uid, resolvedAt } = incident;
  if (!core.team.report.canvas || !channel || resolvedAt === undefined) return;
  const { markdown } = await renderedIncident(core, incident);
  const digest = createHash('sha256').update(markdown).digest('base64url').slice(0, 22);
  const key = `canvas:${uid}`;
  if ((await recall<string>(core.store, key))?.body === digest) return;
  const title = `Report of ${incidentName(incident.number)}`;
  try {
    const outcome = await core.world.chat.writeCanvas(channel.id, { title, markdown });
    if (outcome.kind === 'written') await remember(core.store, key, digest);
    if (outcome.kind !== 'edited' || !(await rememberFirst(core.store, `${key}:edited`))) return;
    const text = `✋ ${mention(outcome.by)} has edited the canvas of this channel, so I leave it to you from now on. The report as I have it: \`/incident report\`.`;
    await record(task, () => ({ facts: [], effects: [{ do: 'say', notice: 'canvas-edited', text }] }));
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    core.log.info({ incident: incident.number, why: error.message }, 'the report is in no canvas');
  }
};
