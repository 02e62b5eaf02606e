import type { PublicIncident } from '../actions/public-updates.ts';
import { clockTime, dayAndTime } from '../domain/clock-words.ts';
import type { Team } from '../domain/team.ts';
import type { Status } from '../domain/words.ts';
import { htmlOf } from '../outlets/html.ts';

const WORDS: Record<Status, string> = {
  investigating: 'we are looking into it',
  identified: 'we know the cause',
  monitoring: 'mended, we are watching',
  resolved: 'resolved',
  closed: 'resolved',
  cancelled: 'a false alarm',
  merged: 'part of another incident',
};

/** A status as those outside read it. */
export function statusWords(status: Status): string {
  return WORDS[status];
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: #767676; --open: #c2410c; --over: #15803d; }
@media (prefers-color-scheme: dark) { :root { --quiet: #a3a3a3; --open: #fb923c; --over: #4ade80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0; }
header p, footer, time { color: var(--quiet); font-size: .9rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.25rem; }
.state { font-weight: 600; margin: .15rem 0 0; }
.open { color: var(--open); } .over { color: var(--over); }
article { border-left: 3px solid var(--line); margin: 1rem 0; padding-left: .9rem; }
article p { margin: .4rem 0; }
pre { overflow-x: auto; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1rem; }
`;

/** The page: the latest incidents with their updates, newest first. It needs no script and loads nothing. */
export function statusHtml(
  page: NonNullable<Team['statusPage']>,
  incidents: readonly PublicIncident[],
  zone: string,
): string {
  const title = escapeHtml(page.title);
  const told = incidents.map((incident) => incidentHtml(incident, zone)).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="alternate" type="application/atom+xml" title="${title}" href="/status/feed.atom">
<link rel="alternate" type="application/rss+xml" title="${title}" href="/status/feed.rss">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${page.description ? `<p>${escapeHtml(page.description)}</p>` : ''}
</header>
<main>
${told || '<section><p class="state over">Nothing was reported.</p></section>'}
</main>
<footer>Updates as a feed: <a href="/status/feed.atom">Atom</a>, <a href="/status/feed.rss">RSS</a>.</footer>
</body>
</html>
`;
}

function incidentHtml({ name, title, status, updates }: PublicIncident, zone: string): string {
  const over = ['resolved', 'closed', 'cancelled', 'merged'].includes(status);
  const articles = updates.map(
    ({ number, at, correctedAt, body }) => `<article id="${escapeHtml(`${name}-${number}`)}">
<time datetime="${new Date(at).toISOString()}">${timeWords(at, zone)}</time>${
      correctedAt === undefined ? '' : ` <time>corrected ${timeWords(correctedAt, zone)}</time>`
    }
${htmlOf(body)}
</article>
`,
  );
  return `<section>
<h2>${escapeHtml(title)}</h2>
<p class="state ${over ? 'over' : 'open'}">${escapeHtml(capital(statusWords(status)))}</p>
${articles.join('')}</section>
`;
}

/** Readers live anywhere, so the hour of UTC stands beside the team's. */
function timeWords(at: number, zone: string): string {
  const ours = dayAndTime(at, zone);
  const utc = clockTime(at, 'UTC');
  return escapeHtml(ours.endsWith(utc) ? ours : `${ours} (${utc})`);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
