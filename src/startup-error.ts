/** Why the program does not start, in a sentence for the person who started it. No stack trace is shown. */
export class StartupError extends Error {
  override name = 'StartupError';
}
