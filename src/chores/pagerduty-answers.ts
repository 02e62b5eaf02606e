import { hearPagerDuty, hearRinging } from '../actions/hear-pagerduty.ts';
import type { Core } from '../core.ts';
import { isServiceError } from '../service-error.ts';
import { openIncidents } from '../store/incidents.ts';

/**
 * Hears answers that no webhook brought: the team has no public address, or the webhook was lost. Also whether
 * telephones rang, which no webhook tells.
 */
export async function askPagerDuty(core: Core): Promise<void> {
  if (!core.world.pager) return;
  try {
    await hearPagerDuty(core, await openIncidents(core.store.database.prisma));
    await hearRinging(core, await openIncidents(core.store.database.prisma));
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.warn({ error: error.message }, 'PagerDuty does not say who answered a page');
  }
}
