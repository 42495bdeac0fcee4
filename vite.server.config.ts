import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Where `tsc` has written the server. */
const COMPILED = fileURLToPath(new URL('./dist/', import.meta.url));

/** What starts a process of its own. */
const ENTRIES = ['main', 'cli/demo', 'embedded-mongo/child'];

/**
 * Puts the compiled server and the packages it needs at once into a few files, in place of the entries that `tsc` wrote: loading
 * two thousand small files is most of a start. What is native, brings files of its own or is loaded late stays a package.
 */
export default defineConfig({
  plugins: [ownPlace()],
  ssr: {
    target: 'node',
    noExternal: true,
    external: [
      'lmdb',
      'pino',
      '@node-rs/argon2',
      'file-type',
      'nodemailer',
      'pdfmake',
      'docx',
      '@mongodb-js/saslprep',
      '@whiskeysockets/baileys',
      'imapflow',
      'telegraf',
      'botbuilder',
    ],
  },
  build: {
    ssr: true,
    target: 'node20',
    outDir: COMPILED,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(ENTRIES.map((entry) => [entry, `${COMPILED}${entry}.js`])),
      // What the MongoDB driver can use and the product does without.
      external:
        /^(kerberos|snappy|aws4|socks|gcp-metadata|mongodb-client-encryption|@mongodb-js\/zstd|@aws-sdk\/.*)$/,
      output: { entryFileNames: '[name].js', chunkFileNames: 'bundle/[name].js' },
    },
  },
});

/** Files beside a module (texts, data, the child process) are found from where the module was, not from the bundle. */
function ownPlace(): Plugin {
  const mark = (place: string): string => `own-place:${place}:`;
  return {
    name: 'own-place',
    transform(code, id) {
      if (!id.startsWith(COMPILED) || !code.includes('import.meta.url')) return null;
      const place = JSON.stringify(mark(relative(COMPILED, id)));
      return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
    },
    renderChunk(code, { fileName }) {
      const from = dirname(fileName);
      return code.replaceAll(/own-place:([^:]+):/g, (_mark, place: string) => `./${relative(from, place)}`);
    },
  };
}
