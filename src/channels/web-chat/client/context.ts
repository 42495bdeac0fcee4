import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { ChatState, ChatStore } from './chat-store.js';
import { texts, type PageLanguage, type Say } from './texts.js';

export interface Page {
  store: ChatStore;
  language: PageLanguage;
  say: Say;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('outside of the page');
  return page;
}

export function pageFor(store: ChatStore, language: PageLanguage): Page {
  return { store, language, say: texts(language) };
}

export function useChat(store: ChatStore): ChatState {
  const [state, setState] = useState(store.state());
  useEffect(() => {
    setState(store.state());
    return store.subscribe(() => setState(store.state()));
  }, [store]);
  return state;
}
