import type { ReactNode } from 'react';
import type { Letter, LetterStation } from '../api/types/letters.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { Time } from '../ui/time.js';

/** The stations of a letter: who was there and when, where it lies, where it goes. */
export function LetterWay({ letter: { way } }: { letter: Letter }): ReactNode {
  return (
    <ol className="way" aria-label={t('letters.way')}>
      {way.map((station) => (
        <li
          key={station.post}
          className={station.at ? 'way-done' : station.current ? 'way-current' : undefined}
          aria-current={station.current ? 'step' : undefined}
        >
          <Icon name={station.at ? 'checkCircle' : station.current ? 'clock' : 'forward'} />
          <span className="way-post">{t(`letters.post.${station.post}`)}</span>
          <span className="way-what">
            <What station={station} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function What({ station: { act, name, at, current } }: { station: LetterStation }): ReactNode {
  if (at === null) return t(current ? `letters.now.${act}` : `letters.ahead.${act}`);
  return (
    <>
      {name} · <Time at={at} as="short" />
    </>
  );
}

/** Every step of a letter, oldest first, with the remarks. */
export function LetterThread({ letter: { id, thread } }: { letter: Letter }): ReactNode {
  return (
    <section className="desk-thread" aria-labelledby={`thread-${id}`}>
      <h3 id={`thread-${id}`}>{t('letters.thread')}</h3>
      <ol className="history thread">
        {thread.map(({ n, step, at, byName, post, remark }) => (
          <li key={n}>
            <span>
              <strong>{byName}</strong> {t(`letters.did.${step}`)}
            </span>
            <span className="history-meta">
              <Time at={at} as="short" />
              {post && ` · ${t(`letters.post.${post}`)}`}
            </span>
            {remark && <p className="prose">{remark}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
