import { inTime, OutcomeUnknown } from '../actions/patience.ts';
import type { Core } from '../core.ts';
import type { Reply } from './gesture.ts';

/** Slack gives three seconds; what is not committed by then is honestly not taken. */
const PATIENCE_MS = 2_500;

const NOT_TAKEN: Reply = {
  text: 'Not taken: my database did not answer in time. Nothing was changed. Please try again in a moment.',
};
const UNKNOWN: Reply = {
  text: 'My database went away at the very moment of writing that down, so I cannot tell whether it was taken. Look (`/incident list`, `/incident timeline`) before you try again.',
};

/** People get an answer in time, whatever fails; what failed is in the log. */
export async function honestly<Result>(core: Core, attempt: () => Promise<Result>): Promise<Result | Reply> {
  try {
    return await inTime(PATIENCE_MS, attempt);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    core.log.error({ error: why }, 'a gesture was not taken');
    return error instanceof OutcomeUnknown ? UNKNOWN : NOT_TAKEN;
  }
}
