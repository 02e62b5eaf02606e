import type { Core } from '../core.ts';
import type { Attempt } from '../queue.ts';
import type { Errand } from './errands.ts';
import { gatherOffers, sayInAlertsChannel, showOffer } from './offers.ts';

/** Does one attempt at an errand. */
export async function runErrand(core: Core, errand: Errand, attempt: Attempt): Promise<void> {
  try {
    if (errand.do === 'offer-alerts') await gatherOffers(core);
    else if (errand.do === 'show-offer') await showOffer(core, errand.offer, attempt);
    else await sayInAlertsChannel(core, errand, attempt);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    core.log.warn({ errand: errand.do, first: attempt.first, error: why }, 'an errand failed');
    if (!attempt.last) throw error;
    core.log.error({ errand: errand.do, error: why }, 'an errand was set aside');
  }
}
