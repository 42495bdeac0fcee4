import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const FONT_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

// Documents carry what strangers wrote: nothing in them may make the renderer fetch an address or open a file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => dirname(path) === FONT_FOLDER);
pdfmake.setFonts({
  Roboto: {
    normal: join(FONT_FOLDER, 'Roboto-Regular.ttf'),
    bold: join(FONT_FOLDER, 'Roboto-Medium.ttf'),
    italics: join(FONT_FOLDER, 'Roboto-Italic.ttf'),
    bolditalics: join(FONT_FOLDER, 'Roboto-MediumItalic.ttf'),
  },
});

/**
 * Turns a definition into PDF bytes. The same definition with the same creation date gives the same bytes.
 * @throws Error of the renderer, for instance when a definition names a picture on disk or on the web.
 */
export async function makePdf(definition: TDocumentDefinitions, createdAt: Date): Promise<Buffer> {
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    language: 'id-ID',
    displayTitle: true,
    ...definition,
    info: { creator: 'Dering', producer: 'Dering', ...definition.info, creationDate: createdAt },
  });
  return document.getBuffer();
}
