import { isServiceError } from '../../service-error.ts';

/** What the doctor found of one part: a line, with the mend where something is amiss. */
export interface Finding {
  part: string;
  /** `off`: not configured, which is a choice. */
  state: 'well' | 'amiss' | 'off';
  says: string;
}

export const well = (part: string, says: string): Finding => ({ part, state: 'well', says });
export const amiss = (part: string, says: string): Finding => ({ part, state: 'amiss', says });
export const off = (part: string, says: string): Finding => ({ part, state: 'off', says });

/** What is found by asking a service; its refusal is a finding too, with its mend behind it. */
export async function asked(
  part: string,
  mend: string,
  ask: () => Promise<Finding | Finding[]>,
): Promise<Finding[]> {
  try {
    return [await ask()].flat();
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return [amiss(part, `${error.message} ${mend}`)];
  }
}
