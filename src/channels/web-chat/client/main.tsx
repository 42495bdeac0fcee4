/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from './app.js';
import { createChatStore } from './chat-store.js';
import { loadLanguage, rememberedLanguage, rememberLanguage } from './texts.js';

const root = document.getElementById('app');
if (root) void start(root);

async function start(place: HTMLElement): Promise<void> {
  await loadLanguage(rememberedLanguage()).catch(() => rememberLanguage('id'));
  place.textContent = '';
  render(<App store={createChatStore()} />, place);
}
