import { expect, it } from 'vitest';

interface Node {
  kind: string;
  text?: string;
  children?: Node[];
}

/** The page's scripts are JavaScript without types: this is the one that a test looks into. */
const client: { parseMrkdwn: (text: string) => Node[] } = await import(
  new URL('../../../../src/stand-ins/slack/page/client/mrkdwn.js', import.meta.url).href
);

/** `bold(text)` for a bold text, so that a tree reads in one line. */
function brief(nodes: Node[]): string {
  return nodes
    .map(({ kind, text, children, ...rest }) => {
      if (kind === 'text') return text;
      const inside = children ? brief(children) : (text ?? Object.values(rest).filter(Boolean).join(' '));
      return `${kind}(${inside})`;
    })
    .join('');
}

it.each([
  ['plain words', 'plain words'],
  ['*bold* _it_ ~gone~', 'bold(bold) italic(it) strike(gone)'],
  ['*all _of_ it*', 'bold(all italic(of) it)'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['* not bold * and *not', '* not bold * and *not'],
  ['`*code* &lt;b&gt;`', 'code(*code* <b>)'],
  ['a\n```\nx &amp; *y*\n```\nb', 'a\npre(x & *y*)b'],
  ['&gt; said\n&gt; twice\nthen', 'quote(said\ntwice)then'],
  ['<@U0ANA> in <#C1|incidents>', 'user(U0ANA) in channel(C1 incidents)'],
  ['<!here> <!subteam^S1|@leads>', 'broadcast(here) group(S1 @leads)'],
  ['<https://e.example/?a=1&amp;b=2|the *page*>', 'link(https://e.example/?a=1&b=2 the *page*)'],
  ['<!date^1755007361^{date} at {time}|then>', 'date(1755007361 {date} at {time} then)'],
  [':pushpin: at 17:32:05', 'emoji(pushpin) at 17:32:05'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['<javascript:alert(1)|press>', '<javascript:alert(1)|press>'],
  ['&lt;img src=x onerror=alert(1)&gt;', '<img src=x onerror=alert(1)>'],
])('reads %s', (text, tree) => {
  expect(brief(client.parseMrkdwn(text))).toBe(tree);
});
