import { z } from 'zod';
import { SEVERITIES } from '../../domain/words.ts';
import { TOLD } from './shapes.ts';

const figure = <Value extends z.ZodType>(value: Value) =>
  z.object({
    detect: value.optional(),
    page: value.optional(),
    acknowledge: value.optional(),
    daylight: value.optional(),
    firstUpdate: value.optional(),
    mitigate: value.optional(),
    resolve: value.optional(),
    impact: value.optional(),
  });

const StatRow = z
  .object({
    name: z.string(),
    incidents: z.int(),
    foundByMachine: z.number().optional(),
    /** Of how many incidents the time is known stands beside it. */
    medians: figure(z.object({ ms: z.int(), of: z.int() })),
    actions: z.object({
      count: z.int(),
      done: z.int(),
      doneShare: z.number().optional(),
      open: z.int(),
      medianAgeMs: z.int().optional(),
      oldestMs: z.int().optional(),
    }),
  })
  .register(TOLD, { id: 'StatRow' });

export const ToldStats = z
  .object({
    timezone: z.string(),
    all: StatRow,
    bySeverity: z.array(StatRow),
    byService: z.array(StatRow),
    byMonth: z.array(StatRow),
    incidents: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        date: z.string(),
        severity: z.enum(SEVERITIES).optional(),
        service: z.string().optional(),
        foundBy: z.enum(['machine', 'people']).optional(),
        figures: figure(z.int()),
        actions: z.object({ count: z.int(), done: z.int(), openSince: z.array(z.int()) }),
      }),
    ),
  })
  .register(TOLD, { id: 'Stats' });
