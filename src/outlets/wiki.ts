import { z } from 'zod';
import { ask } from './ask.ts';
import type { OpenWebhook } from './webhook.ts';

/** A published report, for a place that is not a repository. */
export interface ReportForWiki {
  /** Names this report in this state, so that whoever takes it can tell a repeat. */
  key: string;
  /** `INC-12` */
  incident: string;
  title: string;
  /** `2025-08-12` */
  date: string;
  markdown: string;
  html: string;
  /** The pull request, where there is one. */
  url?: string;
}

export interface Wiki {
  /** The webhook's name in the team's file. */
  name: string;
  /** Answers where the page stands, if the wiki says so. */
  send(report: ReportForWiki): Promise<string | undefined>;
}

const Answer = z
  .object({ url: z.url({ protocol: /^https?$/ }).max(2_000) })
  .optional()
  .catch(undefined);

/** Any address that takes a JSON document: a bridge to Confluence, Notion, Discourse, a script of one's own. */
export function createWiki(webhook: OpenWebhook): Wiki {
  return {
    name: webhook.name,
    async send({ key, ...body }) {
      const secret = webhook.secretValue === undefined ? {} : { [webhook.header]: webhook.secretValue };
      const answer = await ask(
        'The webhook',
        { method: 'POST', url: webhook.url, headers: { 'idempotency-key': key, ...secret }, body },
        Answer,
      );
      return answer?.url;
    },
  };
}
