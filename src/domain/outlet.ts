import type { Target } from './update-targets.ts';
import type { Audience, Manner } from './written-updates.ts';

/** An update in the words of one target, ready to go. */
export interface OutgoingUpdate {
  target: Target;
  audience: Audience;
  /** Random, of the incident: marks what belongs to it. */
  incident: string;
  /** `INC-12` */
  name: string;
  update: string;
  /** 1, and one more for each correction. */
  version: number;
  /** One line, plain. */
  subject: string;
  /** Markdown. */
  body: string;
  severity: string;
  status: string;
  /** What the service called the first words of this update, when they went out. */
  before?: string;
  /** What the service called earlier updates of this incident at this target, latest last. */
  thread: readonly string[];
  /** False: an earlier attempt may have succeeded, so it is looked for first, where the service lets one look. */
  first: boolean;
  /** Nothing of it can be older. */
  since: Date;
  signal?: AbortSignal;
}

/** What became of it. */
export interface Arrival {
  id: string;
  manner: Manner;
  url?: string;
  /** The service gives no way to look, and an earlier answer was lost. */
  perhapsTwice?: true;
}

/** A way out. It throws only ServiceErrors, and may be asked again for the same update. */
export interface Outlet {
  send(update: OutgoingUpdate): Promise<Arrival>;
}
