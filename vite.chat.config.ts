import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The live chat page. Old phones count: nothing newer than ES2019 and the CSS of Chrome 73. */
export default defineConfig({
  root: fileURLToPath(new URL('./src/channels/web-chat/client/', import.meta.url)),
  base: '/chat/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('./dist/client/chat/', import.meta.url)),
    emptyOutDir: true,
    target: ['es2019', 'chrome73', 'safari13'],
    cssTarget: ['chrome73', 'safari13'],
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
