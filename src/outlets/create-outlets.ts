import type { Outlet } from '../domain/outlet.ts';
import type { AtlassianStatuspage, Webhook } from '../domain/team.ts';
import type { WayName } from '../domain/update-targets.ts';
import { ServiceError } from '../service-error.ts';
import { createFreshdeskOutlet } from './freshdesk.ts';
import { createMailOutlet } from './mail.ts';
import { createStatuspageOutlet } from './statuspage.ts';
import { createWebhookOutlet } from './webhook.ts';

interface Given {
  smtp?: { url: string; from: string };
  webhooks: Record<string, Webhook>;
  atlassianStatuspage?: AtlassianStatuspage;
  /** The value of an environment variable that the team's file names. */
  secretNamed: (variable: string) => string | undefined;
}

/** Every way out of the chat that is set up. */
export function createOutlets(given: Given): Partial<Record<WayName, Outlet>> {
  const { smtp, webhooks, atlassianStatuspage, secretNamed } = given;
  const key = atlassianStatuspage && secretNamed(atlassianStatuspage.secret);
  return {
    ...(smtp ? { mail: createMailOutlet(smtp) } : {}),
    ...(Object.keys(webhooks).length > 0 ? { webhook: webhooksByName(webhooks, secretNamed) } : {}),
    ...(atlassianStatuspage && key ? { statuspage: createStatuspageOutlet(atlassianStatuspage, key) } : {}),
  };
}

/** Variables that the team's file names and nobody has set. */
export function missingSecrets({ webhooks, atlassianStatuspage, secretNamed }: Given): string[] {
  const named = [
    ...Object.values(webhooks).flatMap(({ secret }) => secret ?? []),
    atlassianStatuspage?.secret,
  ];
  return [...new Set(named)]
    .filter((name) => name !== undefined)
    .filter((name) => !secretNamed(name)?.trim());
}

function webhooksByName(webhooks: Record<string, Webhook>, secretNamed: Given['secretNamed']): Outlet {
  const outlets = new Map(
    Object.values(webhooks).map((webhook) => {
      const secretValue = webhook.secret === undefined ? undefined : secretNamed(webhook.secret);
      const open = { ...webhook, ...(secretValue === undefined ? {} : { secretValue }) };
      const outlet = webhook.form === 'freshdesk' ? createFreshdeskOutlet(open) : createWebhookOutlet(open);
      return [webhook.name, outlet] as const;
    }),
  );
  return {
    send(update) {
      const { way } = update.target;
      const outlet = way.by === 'webhook' ? outlets.get(way.webhook) : undefined;
      if (outlet) return outlet.send(update);
      throw new ServiceError({
        service: 'The webhook',
        kind: 'refused',
        message: 'The webhook is no longer in the team’s file.',
      });
    },
  };
}
