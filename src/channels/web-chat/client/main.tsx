/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from './app.js';
import { createChatStore } from './chat-store.js';

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  render(<App store={createChatStore()} />, root);
}
