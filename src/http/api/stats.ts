import { z } from 'zod';
import { statsOf } from '../../actions/stats.ts';
import { zoneName } from '../../domain/case/instants.ts';
import { present } from '../../domain/present.ts';
import { route } from './route.ts';
import { ToldStats } from './stats-shapes.ts';

const day = z.iso.date('must be a day such as 2025-08-12');

const read = route({
  method: 'get',
  path: '/stats',
  name: 'readStats',
  says: 'The numbers over time, in milliseconds and shares from 0 to 1. Private incidents, false alarms and duplicates are not among them.',
  query: z.object({
    from: day.optional().describe('The first day'),
    to: day.optional().describe('The last day'),
    timezone: zoneName.optional(),
  }),
  answer: ToldStats,
  problems: [422],
  async handle({ core, query }) {
    const { timezone, stats, incidents } = await statsOf(core, present(query));
    return { status: 200, body: { timezone, ...stats, incidents } satisfies z.infer<typeof ToldStats> };
  },
});

export const STATS_ROUTES = [read];
