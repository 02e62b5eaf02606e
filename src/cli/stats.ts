import { parseArgs } from 'node:util';
import { isZone } from '../domain/case/instants.ts';
import { present } from '../domain/present.ts';
import { incidentsCsv, statsCsv, statsTable } from '../domain/stats/stats-words.ts';
import { runErrand } from './run-errand.ts';
import { UsedWrongly } from './used-wrongly.ts';

/** `daywatch stats [--from D] [--to D] [--timezone Z] [--json | --csv | --each]` */
export async function statsCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      timezone: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      each: { type: 'boolean', default: false },
    },
  });
  const { from, to, timezone, json, csv, each } = values;
  for (const [name, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day))
      throw new UsedWrongly(`--${name} ${day} is no day; write one such as 2025-08-12.`);
  }
  if (from !== undefined && to !== undefined && to < from) {
    throw new UsedWrongly(`--to ${to} is before --from ${from}; turn them round.`);
  }
  if (timezone !== undefined && !isZone(timezone)) {
    throw new UsedWrongly(`--timezone ${timezone} is no IANA zone; write one such as Europe/London or UTC.`);
  }
  if ([json, csv, each].filter(Boolean).length > 1) {
    throw new UsedWrongly('--json, --csv and --each are three ways to print; choose one.');
  }
  const told = await runErrand('stats', present({ from, to, timezone }));
  if (json) process.stdout.write(`${JSON.stringify(told)}\n`);
  else if (csv) process.stdout.write(statsCsv(told.stats));
  else if (each) process.stdout.write(incidentsCsv(told.incidents));
  else if (told.incidents.length === 0) process.stdout.write('No incident in that time.\n');
  else process.stdout.write(`${statsTable(told.stats)}\n`);
  return 0;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
