import { Router } from 'express';
import type { Core } from '../core.ts';
import { metricsOf } from './metrics.ts';

const PROBE_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can work, or which part cannot. `/metrics`: Prometheus. */
export function health(core: Core, isConnected: () => boolean): Router {
  const router = Router();
  const registry = metricsOf(core);

  router.get('/healthz', (_, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_, response) => {
    const parts = { database: await answers(core), slack: isConnected() };
    const missing = Object.entries(parts).flatMap(([part, ready]) => (ready ? [] : [part]));
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  });
  router.get('/metrics', async (_, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function answers(core: Core): Promise<boolean> {
  const probe = core.store.database.prisma.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), PROBE_MS);
  return Promise.race([probe, promise]).finally(() => clearTimeout(timer));
}
