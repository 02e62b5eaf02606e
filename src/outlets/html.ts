import { micromark } from 'micromark';
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough';

/** Markdown as HTML in which nothing of people's words is markup of its own: tags are shown, odd links and pictures are none. */
export function htmlOf(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfmStrikethrough(), { disable: { null: ['htmlFlow', 'htmlText', 'labelStartImage'] } }],
    htmlExtensions: [gfmStrikethroughHtml()],
  });
}
