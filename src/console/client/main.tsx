import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { queryClient } from './api/query-client.js';
import { readLocal } from './state/local-storage.js';
import { applyAppearance } from './state/preferences.js';
import { loadLanguage } from './text/text.js';
import './styles/index.css';

async function start(): Promise<void> {
  applyAppearance();
  if (readLocal('language') === 'en') await loadLanguage('en').catch(() => undefined);
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root.');
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
}

void start();
