/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { ChatState, ChatStore } from './chat-store.js';
import { Composer } from './composer.js';
import { PageContext, pageFor, useChat, usePage } from './context.js';
import { useFileDrop } from './file-drop.js';
import { Header } from './header.js';
import { MessageLog } from './message-log.js';
import { loadLanguage, rememberedLanguage, rememberLanguage, type PageLanguage } from './texts.js';
import { fitToKeyboard } from './viewport.js';

export function App({ store }: { store: ChatStore }): VNode {
  const [language, setLanguage] = useState(rememberedLanguage);
  const page = useMemo(() => pageFor(store, language), [store, language]);
  const chat = useChat(store);
  const dragging = useFileDrop((files) => store.attach(files));

  useEffect(() => fitToKeyboard(), []);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    rememberLanguage(language);
  }, [language]);

  const switchLanguage = (chosen: PageLanguage): void =>
    void loadLanguage(chosen).then(
      () => setLanguage(chosen),
      // Offline the page stays in the language it is in.
      () => undefined,
    );

  return (
    <PageContext.Provider value={page}>
      <div class="chat">
        <Header onLanguage={switchLanguage} contactEmail={chat.session?.contact.email} />
        <Banner chat={chat} />
        <MessageLog chat={chat} />
        <Composer limit={chat.session?.maxTextLength ?? 10_000} />
        {dragging && <div class="drop">{page.say('dropHere')}</div>}
      </div>
    </PageContext.Provider>
  );
}

function Banner({ chat }: { chat: ChatState }): VNode {
  const { say } = usePage();
  const offline = useLasting(!chat.connected, 3_000);
  const wait = offline ? say('offline') : (chat.notice ?? '');
  const text = chat.phase === 'no-cookies' ? say('noCookies') : wait;
  return (
    <div role="status" class={text === '' ? 'banner banner-off' : 'banner'}>
      {text}
    </div>
  );
}

/** True once `value` has been true for this long: a short break is nobody's business. */
function useLasting(value: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) {
      setLasting(false);
      return undefined;
    }
    const timer = window.setTimeout(() => setLasting(true), milliseconds);
    return () => window.clearTimeout(timer);
  }, [value, milliseconds]);
  return lasting;
}
