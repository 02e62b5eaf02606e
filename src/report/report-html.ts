import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Bytes of a picture beside the report, by its path there; nothing where it is not to be had. */
export type PictureBytes = (path: string) => Uint8Array | undefined;

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/**
 * A report as one HTML page that needs nothing beside it: pictures of ours are inside, those of other places are not
 * fetched. People's words hold no markup of their own, and no script can run.
 */
export function reportHtml(markdown: string, title: string, picture: PictureBytes = () => undefined): string {
  const body = micromark(markdown.replace(/^---\n[\s\S]*?\n---\n/, ''), {
    extensions: [gfm(), { disable: { null: ['htmlFlow', 'htmlText'] } }],
    htmlExtensions: [gfmHtml()],
  }).replaceAll(
    /(<img src=")([^"]*)"/g,
    (_, start: string, path: string) => `${start}${inside(path, picture)}"`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const STYLE = `
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1f2933; font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 2.2rem; padding-bottom: .3rem; border-bottom: 1px solid #d3dae0; font-size: 1.3rem; }
h3 { margin: 1.5rem 0 .3rem; color: #1f3a4d; font-size: 1rem; }
h3 + p, h3 + blockquote { margin-top: .2rem; }
table { border-collapse: collapse; }
th, td { padding: .3rem .8rem; border: 1px solid #d3dae0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th:empty { padding: 0; border: 0; }
td:first-child { min-width: 8rem; overflow-wrap: normal; }
blockquote { margin: .6rem 0; padding: .1rem 1rem; border-left: 3px solid #9fb3c8; color: #3e4c59; }
li:has(> input) { list-style: none; }
li > input { margin: 0 .4rem 0 -1.3rem; }
code { overflow-wrap: anywhere; padding: .1em .3em; border-radius: 3px; background: #f0f3f6; font-size: .9em; }
pre { overflow-x: auto; padding: .8rem; border-radius: 4px; background: #f0f3f6; }
pre code { padding: 0; }
img { max-width: 100%; }
a { color: #1d5f91; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } h3 { break-after: avoid; } }
`;

function inside(escapedPath: string, picture: PictureBytes): string {
  const path = decoded(escapedPath);
  const type = TYPES[path.split('.').at(-1)?.toLowerCase() ?? ''];
  const bytes =
    type === undefined || /^[a-z][a-z0-9+.-]*:|^\/|(?:^|\/)\.\.(?:\/|$)/i.test(path)
      ? undefined
      : picture(path);
  return bytes === undefined ? escapedPath : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('&amp;', '&'));
  } catch {
    return path;
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
