// Whoever reads a public report cannot open these, and their addresses tell of channels, tickets and projects.
const PRIVATE_HOSTS = [
  'slack\\.com',
  'freshdesk\\.com',
  'freshservice\\.com',
  'zendesk\\.com',
  'intercom\\.com',
  'pagerduty\\.com',
  'opsgenie\\.com',
  'console\\.cloud\\.google\\.com',
  'console\\.aws\\.amazon\\.com',
  'signin\\.aws\\.amazon\\.com',
  'awsapps\\.com',
  'portal\\.azure\\.com',
  '(?:docs|drive|mail|meet|calendar|groups)\\.google\\.com',
  'zoom\\.us',
  'atlassian\\.net',
  'grafana\\.net',
  'datadoghq\\.(?:com|eu)',
  'sentry\\.io',
  'notion\\.so',
  '1password\\.(?:com|eu)',
  'discord\\.com\\/(?:channels|api\\/webhooks)',
  'app\\.airtable\\.com',
  'linear\\.app',
  'internal',
  'local',
  'lan',
  'localhost',
];
const SPOKEN_OF_IN_PUBLIC = '(?:api|status|developer|support|www)\\.';
const ADDRESS = '[^\\s<>"\'`|)\\]]';

/** A piece of every address of one of them. */
export const PRIVATE_HINT = new RegExp(`${PRIVATE_HOSTS.join('|')}|\\.svc`, 'i');
/** With `https://` or without it. */
export const PRIVATE_LINK = new RegExp(
  `(?<![\\w@.-])(?!(?:https?:\\/\\/)?${SPOKEN_OF_IN_PUBLIC})(?:https?:\\/\\/)?` +
    `(?:(?:[\\w-]+\\.)*(?:${PRIVATE_HOSTS.join('|')})(?=[/:?#])${ADDRESS}*|` +
    `(?:[\\w-]+\\.)+svc(?:\\.cluster\\.local)?(?![\\w.-])${ADDRESS}*)`,
  'gi',
);
/** A bare host with its scheme, and nothing after it. */
export const PRIVATE_HOST = new RegExp(
  `(?<=https?:\\/\\/)(?!${SPOKEN_OF_IN_PUBLIC})(?:[\\w-]+\\.)*(?:${PRIVATE_HOSTS.join('|')})(?![\\w.-])`,
  'gi',
);

// `jupyter-…` is a pod of the user who is named after it, unless it is the name of a program.
const PROGRAMS =
  'server|notebooks?|books?|lab|hub|client|core|console|events|lsp|ai|widgets?|kernels?|contrib|desktop|remote|' +
  'collaboration|resource|health|scheduler|labs|cache|nbconvert|packaging|releaser|telemetry|fs|docprovider|ydoc|' +
  'execute|server-proxy|repo2docker|based|like|related|style|enabled|compatible|wide|specific|powered|aware|users?|pods?';
const ESCAPED = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}])?';

export const POD_OF_USER = new RegExp(
  `(?<=(?<![\\p{L}\\p{N}])jupyter-)(?!(?:${PROGRAMS})(?:-[a-z]+)?(?![\\w-]))${ESCAPED}`,
  'giu',
);
/** Volumes are told from words ("claim-based") by the escapes that a name leaves, or by standing in code. */
export const CLAIM_OF_USER = /(?<=(?<![\p{L}\p{N}])claim-)[\p{L}\p{N}]*-(?:2d|2e|40|5f|2b)[\p{L}\p{N}-]*/giu;
export const CLAIM_IN_CODE = new RegExp(`(?<=(?<![\\p{L}\\p{N}])claim-)${ESCAPED}`, 'giu');

/** `/user/ana/lab` on a hub, `/home/ana`. */
export const PATH_OF_USER =
  /(?<=\/(?:user|home)\/)(?!(?:jovyan|shared|runner|node|root|ubuntu|user)\b|redirect)[^\s/"'`?#<>|)\]:,;]+/gi;
