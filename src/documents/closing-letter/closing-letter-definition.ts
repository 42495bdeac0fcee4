import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDateTime, formatShortDate } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { signature, verification } from '../bak/bak-signing.js';
import { letterhead } from '../letterhead.js';
import { factsTable, GREY, heading, paragraphs, runningLine } from '../paper-parts.js';
import { isFullyPrintable, toPrintable } from '../printable-text.js';
import type { ClosingLetterData } from './closing-letter-data.js';

/** The whole letter as pdfmake takes it; texts through `t`, in Indonesian. */
export function closingLetterDefinition(data: ClosingLetterData, t: Translate): TDocumentDefinitions {
  const number = toPrintable(data.number);
  const subject = t(`closing-letter:subject.${data.kind}`, { ticket: data.ticketNumber });
  return {
    content: [
      letterhead([t('bak:letterhead.ministry'), t('bak:letterhead.directorate')], t('bak:letterhead.sender')),
      factsTable([
        [t('closing-letter:number'), number],
        [t('closing-letter:date'), formatShortDate(data.issuedAt, { language: 'id' })],
        [t('closing-letter:about'), subject],
      ]),
      addressee(data, t),
      { text: opening(data, t), alignment: 'justify' },
      heading(t(`closing-letter:said.${data.kind}`)),
      ...paragraphs(data.question),
      ...attachments(data, t),
      heading(t('closing-letter:answer')),
      ...paragraphs(data.answer),
      ...legalBasis(data, t),
      ...printingNote(data, t),
      { unbreakable: true, stack: [signed(data, t), verification(data, t)] },
    ],
    info: { title: `${t('closing-letter:title')} ${number}`, author: t('bak:letterhead.sender') },
    header: (page) => (page === 1 ? null : runningLine([t('closing-letter:title'), number], [0, 30, 0, 0])),
    footer: (page, pages) => runningLine([number, t('bak:page', { page, pages })], [0, 18, 0, 0]),
    pageMargins: [64, 64, 56, 60],
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.25 },
  };
}

function addressee({ user }: ClosingLetterData, t: Translate): Content {
  const name = user.name === '' ? t('closing-letter:anonymous') : user.name;
  const lines = [`${t('closing-letter:to')} ${name}`, user.position ?? '', user.agency ?? ''];
  return {
    stack: lines.filter((line) => line !== '').map((line) => toPrintable(line)),
    margin: [0, 12, 0, 12],
  };
}

function opening(
  { kind, ticketNumber, channel, topic, receivedAt }: ClosingLetterData,
  t: Translate,
): string {
  const received = formatDateTime(receivedAt, { language: 'id' });
  const about = topic === '' ? '' : ` ${t('closing-letter:concerning', { topic: toPrintable(topic) })}`;
  return t(`closing-letter:opening.${kind}`, { received, channel, ticket: ticketNumber, about });
}

function attachments({ attachments: names }: ClosingLetterData, t: Translate): Content[] {
  if (names.length === 0) return [];
  return [
    { text: t('bak:question.attachments'), color: GREY, margin: [0, 4, 0, 1] },
    { ul: names.map((name) => toPrintable(name)), color: GREY },
  ];
}

function legalBasis({ legalBasis: acts }: ClosingLetterData, t: Translate): Content[] {
  if (acts.length === 0) return [];
  return [heading(t('bak:legalBasis.heading')), { ol: acts.map((act) => toPrintable(act)) }];
}

function printingNote(data: ClosingLetterData, t: Translate): Content[] {
  const texts = [data.question, data.answer, data.topic, ...data.attachments, ...data.legalBasis];
  if (texts.every((text) => isFullyPrintable(text))) return [];
  return [{ text: t('bak:unprintable'), italics: true, fontSize: 8.5, color: GREY, margin: [0, 8, 0, 0] }];
}

/** The office signs; the user's own hand is not needed. */
function signed({ kind, issuedAt, officer }: ClosingLetterData, t: Translate): Content {
  const date = formatShortDate(issuedAt, { language: 'id' });
  const place = t('bak:signature.place', { date });
  return {
    margin: [0, 14, 0, 0],
    stack: [
      { text: t(`closing-letter:closing.${kind}`), alignment: 'justify', margin: [0, 0, 0, 14] },
      {
        columns: [
          { width: '*', text: '' },
          signature([place, t('bak:signature.officer')], officer.name, officer.position),
        ],
      },
    ],
  };
}
