import { createRequire } from 'node:module';

interface Zip {
  files: Readonly<Record<string, unknown>>;
  file: (name: string) => { async: (kind: 'string') => Promise<string> } | null;
}

/** The one that wrote it. */
const { loadAsync } = createRequire(import.meta.resolve('docx'))('jszip') as {
  loadAsync: (bytes: Buffer) => Promise<Zip>;
};

/** The parts of a DOCX, and its paragraphs as a reader sees them; a tab is one space. */
export async function readDocx(bytes: Buffer): Promise<{ parts: string[]; xml: string; lines: string[] }> {
  const zip = await loadAsync(bytes);
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  const lines = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>|<w:tab\/>/g)]
      .map(([, text]) => unescape(text ?? '\t'))
      .join(''),
  );
  return { parts: Object.keys(zip.files), xml, lines: lines.map((line) => line.replace(/\s+/g, ' ').trim()) };
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
