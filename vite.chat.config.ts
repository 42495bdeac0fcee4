import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** The live chat page. Old phones count: nothing newer than ES2019 and the CSS of Chrome 73. */
export default defineConfig({
  root: fileURLToPath(new URL('./src/channels/web-chat/client/', import.meta.url)),
  base: '/chat/',
  // `development` would write the checkout's own path into the page.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [compressed()],
  build: {
    outDir: fileURLToPath(new URL('./dist/client/chat/', import.meta.url)),
    emptyOutDir: true,
    target: ['es2019', 'chrome73', 'safari13'],
    cssTarget: ['chrome73', 'safari13'],
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});

/** Lays `.br` and `.gz` beside every asset, so that the server compresses nothing at run time. */
function compressed(): Plugin {
  return {
    name: 'compressed-assets',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const names = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      for (const name of names) {
        const content = await readFile(join(dir, name));
        await writeFile(join(dir, `${name}.br`), brotliCompressSync(content));
        await writeFile(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
