import { fileURLToPath } from 'node:url';

/** What the pictures are written in; machines without any fonts have it too. */
export const FONT = 'Open Sans';

const FONT_FILES = [
  import.meta.resolve('@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf'),
];

/** Twice as fine as the SVG counts, for dense screens. */
const ZOOM = 2;

const OTHER_LETTERS = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})\p{L}/u;

/** An SVG as PNG. The machine's own fonts are looked through only for letters that ours has not. */
export async function pngOf(svg: string): Promise<Buffer> {
  // Loaded when a picture is made: a start should not wait for it.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      fontFiles: FONT_FILES.map((file) => fileURLToPath(file)),
      loadSystemFonts: OTHER_LETTERS.test(svg),
      defaultFontFamily: FONT,
      sansSerifFamily: FONT,
    },
  });
  return image.asPng();
}
