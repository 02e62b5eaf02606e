/**
 * Slack's mark-up as a tree of plain objects, so that what draws it needs no knowledge of its syntax.
 * Kinds: text, bold, italic, strike, code, pre, quote, link, user, channel, group, broadcast, date, emoji.
 */
export function parseMrkdwn(text) {
  const nodes = [];
  for (const [index, part] of text.split('```').entries()) {
    const isFence = index % 2 === 1;
    if (isFence) nodes.push({ kind: 'pre', text: unescapeText(part.replace(/^\n/, '').replace(/\n$/, '')) });
    else if (part !== '') nodes.push(...parseLines(index > 0 ? part.replace(/^\n/, '') : part));
  }
  return nodes;
}

/** `&lt;`, `&gt;` and `&amp;` are all that Slack escapes. */
export function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function parseLines(text) {
  const nodes = [];
  let run = [];
  let quoted = false;
  function flush() {
    if (run.length === 0) return;
    const children = parseInline(run.join('\n'));
    nodes.push(...(quoted ? [{ kind: 'quote', children }] : children));
    run = [];
  }
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (Boolean(quote) !== quoted) {
      flush();
      quoted = Boolean(quote);
    }
    run.push(quote ? quote[1] : line);
  }
  flush();
  return nodes;
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' };
const STYLED = String.raw`(?<=^|[\s([{"'*_~—–>-])([*_~])(?=[^\s])((?:(?!\1)[^\n])*?[^\s])\1(?=$|[\s.,;:!?)\]}"'*_~—–<-])`;
const TOKEN = new RegExp(
  String.raw`\x60([^\x60\n]+)\x60|<([^<>\n]+)>|(?<![\w:]):([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):(?!\w)|${STYLED.replace(/\\1/g, String.raw`\4`)}`,
  'g',
);

function parseInline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, code, entity, emoji, mark, styled] = match;
    if (match.index > last) nodes.push(plain(text.slice(last, match.index)));
    if (code !== undefined) nodes.push({ kind: 'code', text: unescapeText(code) });
    else if (entity !== undefined) nodes.push(parseEntity(entity));
    else if (emoji !== undefined) nodes.push({ kind: 'emoji', name: emoji });
    else nodes.push({ kind: STYLES[mark], children: parseInline(styled) });
    last = match.index + whole.length;
  }
  if (last < text.length) nodes.push(plain(text.slice(last)));
  return nodes;
}

function plain(text) {
  return { kind: 'text', text: unescapeText(text) };
}

function parseEntity(entity) {
  const [target, ...labels] = entity.split('|');
  const label = labels.length > 0 ? unescapeText(labels.join('|')) : undefined;
  if (/^@[UW]/.test(target)) return { kind: 'user', id: target.slice(1), label };
  if (/^#[CGD]/.test(target)) return { kind: 'channel', id: target.slice(1), label };
  const date = /^!date\^(\d+)\^(.+?)(?:\^(\S+))?$/.exec(target);
  if (date)
    return { kind: 'date', seconds: Number(date[1]), pattern: unescapeText(date[2]), url: date[3], label };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice(9), label };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: 'broadcast', range: target.slice(1) };
  if (/^(https?:|mailto:)/i.test(target)) {
    const url = unescapeText(target);
    return { kind: 'link', url, label: label ?? url.replace(/^mailto:/, '') };
  }
  return { kind: 'text', text: `<${unescapeText(entity)}>` };
}
