import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The calendar would bring a font of icons at a data: address, which the content policy forbids and the console does not use. */
const withoutIconFont: Plugin = {
  name: 'without-icon-font',
  transform: (code, id) =>
    id.includes('/@fullcalendar/core/') && code.includes('@font-face')
      ? { code: code.replaceAll(/@font-face\{[^}]*\}/gu, ''), map: null }
      : undefined,
};

/** The agent console: one page under /console/, served by the product itself under a strict content policy. */
export default defineConfig({
  root: fileURLToPath(new URL('src/console/client', import.meta.url)),
  base: '/console/',
  plugins: [react(), withoutIconFont],
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
