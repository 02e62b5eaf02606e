import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { TeamFile } from './team-schema.ts';

/** The JSON Schema of the team's file, for editors. What one field asks of another is checked on start only. */
export function teamJsonSchema(): object {
  return z.toJSONSchema(TeamFile, { io: 'input', target: 'draft-7' });
}

export const JSON_SCHEMA_FILE = new URL('./daywatch.schema.json', import.meta.url);

if (import.meta.main) writeFileSync(JSON_SCHEMA_FILE, `${JSON.stringify(teamJsonSchema(), null, 2)}\n`);
