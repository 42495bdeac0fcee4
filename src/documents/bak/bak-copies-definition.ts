import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Translate } from '../../shared/i18n.js';
import { runningLine } from '../paper-parts.js';
import { toPrintable } from '../printable-text.js';
import type { BakData } from './bak-data.js';
import { bakContent, bakDefinition, bakFooter } from './bak-definition.js';

/** One document with two rangkap of the same BAK: each page says which, and counts within its own. */
export function bakCopiesDefinition(data: BakData, t: Translate): TDocumentDefinitions {
  /** Both have the same content, and so the same number of pages. */
  const within = (page: number, pages: number): { copy: 'user' | 'office'; page: number; pages: number } =>
    page * 2 <= pages
      ? { copy: 'user', page, pages: pages / 2 }
      : { copy: 'office', page: page - pages / 2, pages: pages / 2 };
  const second: Content = { stack: bakContent(data, t), pageBreak: 'before' };
  return {
    ...bakDefinition(data, t),
    content: [{ stack: bakContent(data, t) }, second],
    header: (page, pages) => {
      const { copy, page: own } = within(page, pages);
      const title = own === 1 ? '' : `${t('bak:title')} ${toPrintable(data.number)}`;
      return runningLine([title, t(`bak:copy.${copy}`)], [0, 22, 0, 0]);
    },
    footer: (page, pages) => {
      const own = within(page, pages);
      return bakFooter(data, t, own.page, own.pages);
    },
  };
}
