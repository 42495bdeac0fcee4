import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The agent console: one page under /console/, served by the product itself under a strict content policy. */
export default defineConfig({
  root: fileURLToPath(new URL('src/console/client', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/client/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The content policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': process.env.API ?? 'http://127.0.0.1:3000' } },
});
