import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const FONT_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

type Renderer = typeof pdfmake;

/** Read when the first document is made: most of an hour passes without one, and it is the largest package. */
async function loadRenderer(): Promise<Renderer> {
  const { default: renderer } = await import('pdfmake');
  // Documents carry what strangers wrote: nothing in them may make the renderer fetch an address or open a file.
  renderer.setUrlAccessPolicy(() => false);
  renderer.setLocalAccessPolicy((path) => dirname(path) === FONT_FOLDER);
  renderer.setFonts({
    Roboto: {
      normal: join(FONT_FOLDER, 'Roboto-Regular.ttf'),
      bold: join(FONT_FOLDER, 'Roboto-Medium.ttf'),
      italics: join(FONT_FOLDER, 'Roboto-Italic.ttf'),
      bolditalics: join(FONT_FOLDER, 'Roboto-MediumItalic.ttf'),
    },
  });
  return renderer;
}

let renderer: Promise<Renderer> | undefined;

/**
 * Turns a definition into PDF bytes. The same definition with the same creation date gives the same bytes.
 * @throws Error of the renderer, for instance when a definition names a picture on disk or on the web.
 */
export async function makePdf(definition: TDocumentDefinitions, createdAt: Date): Promise<Buffer> {
  renderer ??= loadRenderer();
  const document = (await renderer).createPdf({
    pageSize: 'A4',
    language: 'id-ID',
    displayTitle: true,
    ...definition,
    info: { creator: 'Dering', producer: 'Dering', ...definition.info, creationDate: createdAt },
  });
  return document.getBuffer();
}
