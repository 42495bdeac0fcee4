import type { Content } from 'pdfmake/interfaces.js';
import { formatPeriod } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { factsTable, GREY, heading } from '../paper-parts.js';
import { toPrintable } from '../printable-text.js';
import type { BakFacts } from './bak-data.js';

/** When and where the conference or visit was, its recording (R-B6), and who was there (R-C8, R-C9). */
export function sessionSection({ session }: BakFacts, t: Translate): Content[] {
  if (!session) return [];
  const { kind, place, link, recordingUrl, guests } = session;
  const optional = (name: string, value: string | undefined): [string, string][] =>
    value === undefined ? [] : [[t(`bak:session.${name}`), value]];
  return [
    heading(t('bak:session.heading')),
    factsTable([
      [t('bak:session.kind'), t(`bak:session.kinds.${kind}`)],
      [t('bak:session.time'), formatPeriod(session, { language: 'id' })],
      [t('bak:session.place'), place],
      ...optional('link', link),
      ...optional('recording', recordingUrl),
    ]),
    ...present(guests, t),
  ];
}

function present(guests: readonly string[], t: Translate): Content[] {
  if (guests.length === 0) return [];
  return [
    { text: t('bak:session.guests'), color: GREY, margin: [0, 4, 0, 1] },
    { ol: guests.map((guest) => toPrintable(guest)) },
  ];
}

/** What strangers wrote of it. */
export function sessionTexts({ session }: BakFacts): (string | undefined)[] {
  return session ? [session.place, session.link, session.recordingUrl, ...session.guests] : [];
}
