import { type Core, nowOf } from '../core.ts';
import { errandJob } from '../jobs/errands.ts';
import { type Door, together } from './change.ts';

/** Said again after this, and not before, however often it is told. */
const AGAIN_MS = 60_000;

/** A line in the alerts channel. */
interface Notice {
  about: string;
  text: string;
}

/** Says in the alerts channel that a test arrived, or what is amiss with a source. */
export async function tellAlertsChannel(core: Core, notice: Notice): Promise<void> {
  await together(core.store, {}, async (door) => {
    await noticeOnce(core, door, notice);
    return { kind: 'no-incident' };
  });
}

/** The same within a transaction that says more. */
export async function noticeOnce(core: Core, { tx, send }: Door, { about, text }: Notice): Promise<void> {
  core.log.info({ about }, 'an alert source has something to say');
  if (core.team.alertsChannel === undefined) return;
  const at = nowOf(core);
  const key = `alerts-notice:${about}:${Math.floor(at / AGAIN_MS)}`;
  const row = { key, takenAt: new Date(at) };
  const { count } = await tx.delivery.createMany({ data: [row], skipDuplicates: true });
  if (count === 1) await send([errandJob({ do: 'say-alerts', notice: key, text, at })]);
}
