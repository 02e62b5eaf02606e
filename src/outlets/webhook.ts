import { z } from 'zod';
import type { Outlet } from '../domain/outlet.ts';
import type { Webhook } from '../domain/team.ts';
import { ask } from './ask.ts';

/** A webhook as the team's file has it, with its secret. */
export type OpenWebhook = Webhook & { secretValue?: string };

/** Whatever it says; an id of its own, when there is one, is kept. */
const Answer = z
  .object({ id: z.union([z.string().max(200), z.number()]) })
  .optional()
  .catch(undefined);

/**
 * A JSON document to an address of the team's own. `Idempotency-Key` names what it is, so that whoever takes it can
 * tell a repeat; there is no way to look.
 */
export function createWebhookOutlet(webhook: OpenWebhook): Outlet {
  return {
    async send(update) {
      const { target, incident, version, before, first } = update;
      if (target.way.by !== 'webhook') throw new Error('this target is no webhook');
      const key = `${incident}/${update.update}/${target.id}/${version}`;
      const answer = await ask(
        'The webhook',
        {
          method: 'POST',
          url: webhook.url,
          headers: {
            'idempotency-key': key,
            ...(webhook.secretValue === undefined ? {} : { [webhook.header]: webhook.secretValue }),
          },
          body: {
            incident: update.name,
            update: Number(update.update),
            version,
            correction: version > 1,
            recipient: target.way.recipient,
            audience: update.audience,
            severity: update.severity,
            status: update.status,
            subject: update.subject,
            markdown: update.body,
          },
          signal: update.signal,
        },
        Answer,
      );
      const twice = first ? {} : ({ perhapsTwice: true } as const);
      return {
        id: answer?.id === undefined ? key : String(answer.id),
        manner: before === undefined ? 'sent' : 'followed',
        ...twice,
      };
    },
  };
}
