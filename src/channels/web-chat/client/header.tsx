/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from './context.js';
import { endHere } from './end-here.js';
import { Icon } from './icons.js';
import type { PageLanguage, TextKey } from './texts.js';

const LANGUAGES: { code: PageLanguage; name: string }[] = [
  { code: 'id', name: 'Bahasa Indonesia' },
  { code: 'en', name: 'English' },
];

interface HeaderProps {
  onLanguage: (language: PageLanguage) => void;
  contactEmail: string | undefined;
}

export function Header({ onLanguage, contactEmail }: HeaderProps): VNode {
  const { say, language } = usePage();
  return (
    <header class="header">
      <div class="header-bar">
        <span class="mark">
          <Icon name="bubble" />
        </span>
        <div class="header-names">
          <h1>{say('office')}</h1>
          <p>{say('ministry')}</p>
        </div>
        <div class="languages" role="group" aria-label={say('switchLanguage')}>
          {LANGUAGES.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === language}
              aria-label={`${code.toUpperCase()}, ${name}`}
              onClick={() => onLanguage(code)}
            >
              {code.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
      <Privacy contactEmail={contactEmail} />
    </header>
  );
}

function Privacy({ contactEmail }: { contactEmail: string | undefined }): VNode {
  const { say } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <div class="privacy">
      <p>
        <Icon name="shield" />
        <span>
          {say('privacy')}{' '}
          <button type="button" aria-expanded={open} aria-controls="privacy" onClick={() => setOpen(!open)}>
            {say(open ? 'close' : 'privacyMore')}
          </button>
        </span>
      </p>
      <div id="privacy" class="privacy-text" hidden={!open}>
        <p>{say('privacyText', { email: contactEmail ?? '' })}</p>
        <EndHere />
      </div>
    </div>
  );
}

/** For a computer that others use too. */
function EndHere(): VNode {
  const { say } = usePage();
  const [question, ask] = useState<TextKey>();
  const button = (text: TextKey, onClick: () => void): VNode => (
    <button type="button" onClick={onClick}>
      {say(text)}
    </button>
  );
  if (question === undefined) return button('endHere', () => ask('endHereAsk'));
  return (
    <p role="alert">
      {say(question)} {button('remove', () => void endHere().catch(() => ask('state-failed')))}
      {button('cancel', () => ask(undefined))}
    </p>
  );
}
