import { parseArgs } from 'node:util';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { slackManifest } from '../slack/manifest.ts';

/** Prints what to paste into api.slack.com/apps → Create New App → From a manifest. */
export async function manifest(args: string[]): Promise<number> {
  // It is JSON with the option and without.
  parseArgs({ args, options: { json: { type: 'boolean' } } });
  const settings = readEnvironment(withDotEnv(process.env), 'offline');
  const socketMode = settings.slack?.appToken !== undefined || settings.http.publicUrl === undefined;
  const { publicUrl } = settings.http;
  const text = slackManifest({ socketMode, ...(publicUrl === undefined ? {} : { publicUrl }) });
  process.stdout.write(`${JSON.stringify(text, undefined, 2)}\n`);
  return 0;
}
