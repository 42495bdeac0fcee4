import type { Content, Node, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDateTime } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { dateInWords } from '../date-in-words.js';
import { letterhead } from '../letterhead.js';
import { factsTable as facts, GREY, heading, paragraphs, runningLine } from '../paper-parts.js';
import { isFullyPrintable, toPrintable } from '../printable-text.js';
import type { BakData } from './bak-data.js';
import { sessionSection, sessionTexts } from './bak-session.js';
import { signatures, verification } from './bak-signing.js';

/** A heading this far down the page would stand alone: it goes to the next one. */
const LAST_HEADING_RATIO = 0.86;

/** The whole document as pdfmake takes it; texts through `t`, in Indonesian. */
export function bakDefinition(data: BakData, t: Translate): TDocumentDefinitions {
  const number = toPrintable(data.number);
  return {
    content: bakContent(data, t),
    info: { title: `${t('bak:title')} ${number}`, author: t('bak:letterhead.sender') },
    header: (page) => (page === 1 ? null : runningLine([t('bak:title'), number], [0, 30, 0, 0])),
    footer: (page, pages) => bakFooter(data, t, page, pages),
    pageBreakBefore: (node: Node) =>
      node.headlineLevel === 1 && node.startPosition.verticalRatio > LAST_HEADING_RATIO,
    pageMargins: [64, 64, 56, 60],
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.25 },
  };
}

export function bakContent(data: BakData, t: Translate): Content[] {
  return [
    letterhead([t('bak:letterhead.ministry'), t('bak:letterhead.directorate')], t('bak:letterhead.sender')),
    title(data, t),
    { text: t('bak:opening', { ...dateInWords(data.issuedAt) }), alignment: 'justify' },
    ...parties(data, t),
    ...consultation(data, t),
    ...sessionSection(data, t),
    heading(t('bak:question.heading')),
    ...paragraphs(data.question),
    ...attachments(data, t),
    heading(t('bak:answer.heading')),
    ...paragraphs(data.answer),
    ...legalBasis(data, t),
    ...printingNote(data, t),
    // One block: a page that holds nothing but a QR code, or a signature away from its closing sentence, is no use.
    { unbreakable: true, stack: [signatures(data, t), verification(data, t)] },
  ];
}

export function bakFooter(data: BakData, t: Translate, page: number, pages: number): Content {
  const code = `${t('bak:verification.code')} ${toPrintable(data.verificationCode)}`;
  return runningLine([code, t('bak:page', { page, pages })], [0, 18, 0, 0]);
}

function title(data: BakData, t: Translate): Content {
  const lines: Content[] = [
    { text: t('bak:title').toUpperCase(), bold: true, fontSize: 14, characterSpacing: 0.4 },
    { text: t('bak:number', { number: toPrintable(data.number) }) },
  ];
  if (data.revision > 0) lines.push({ text: t('bak:revision', { revision: data.revision }), italics: true });
  return { stack: lines, alignment: 'center', margin: [0, 0, 0, 14] };
}

function parties({ user, officer }: BakData, t: Translate): Content[] {
  const field = (name: string, value: string | undefined): [string, string] => [
    t(`bak:parties.${name}`),
    value === undefined || value === '' ? t('bak:absent') : value,
  ];
  return [
    heading(t('bak:parties.heading')),
    { text: t('bak:parties.user'), bold: true, margin: [0, 0, 0, 2] },
    facts([
      field('name', user.name),
      field('position', user.position),
      field('agency', user.agency),
      field('region', user.region),
      field('email', user.email),
      field('phone', user.phone),
    ]),
    { text: t('bak:parties.officer'), bold: true, margin: [0, 6, 0, 2] },
    facts([field('name', officer.name), field('position', officer.position), field('unit', officer.unit)]),
  ];
}

function consultation(data: BakData, t: Translate): Content[] {
  return [
    heading(t('bak:consultation.heading')),
    facts([
      [t('bak:consultation.ticket'), data.ticketNumber],
      [t('bak:consultation.channel'), data.channel],
      [t('bak:consultation.topic'), data.topic],
      [t('bak:consultation.received'), formatDateTime(data.receivedAt, { language: 'id' })],
      [t('bak:consultation.answered'), formatDateTime(data.answeredAt, { language: 'id' })],
    ]),
  ];
}

function attachments({ attachments: names }: BakData, t: Translate): Content[] {
  if (names.length === 0) return [];
  return [
    { text: t('bak:question.attachments'), color: GREY, margin: [0, 4, 0, 1] },
    { ul: names.map((name) => toPrintable(name)), color: GREY },
  ];
}

function legalBasis({ legalBasis: acts }: BakData, t: Translate): Content[] {
  const list: Content =
    acts.length === 0
      ? { text: t('bak:legalBasis.none'), italics: true }
      : { ol: acts.map((act) => ({ text: toPrintable(act), margin: [4, 0, 0, 2] })) };
  return [heading(t('bak:legalBasis.heading')), list];
}

function printingNote(data: BakData, t: Translate): Content[] {
  const { question, answer, topic, attachments: names, legalBasis: acts, user, officer } = data;
  const texts = [
    ...[question, answer, topic, ...names, ...acts, ...sessionTexts(data)],
    ...Object.values(user),
    ...Object.values(officer),
  ];
  if (texts.every((text) => text === undefined || isFullyPrintable(text))) return [];
  return [{ text: t('bak:unprintable'), italics: true, fontSize: 8.5, color: GREY, margin: [0, 8, 0, 0] }];
}
