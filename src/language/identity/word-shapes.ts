import { REGION_NAMES } from '../regions/region-names.js';
import { AGENCY_HEADS, GIVEN_NAMES } from './identity-words.js';

const VERB = /^(?:di|ber|ter|me(?:m|n|ng|ny)?)[a-z]{4,}$/;
const SUFFIXED = /^(?!pe|ke)[a-z]{3,}(?:nya|kan|lah|kah)$/;
/** Names of offices and posts that only look like verbs. */
const NOUNS = new Set(
  'dinas disdik dikbud direktur direktorat division director directorate district distribution member media divisi digital dikpora distan dishub dinsos dinkes disnaker berkas berita menteri menengah mekanisme media medis mesin metrologi meteorologi terpadu terampil terapan teritorial muda madya merpati dispar dispora diskominfo disdukcapil disperindag disdikbud dindik perbendaharaan perencana'.split(
    ' ',
  ),
);

/** "dibatalkan", "mengajukan", "suratnya": inflected words that stand in no name and no title. */
export function isInflected(word: string): boolean {
  if (NOUNS.has(word) || REGION_NAMES.has(word) || AGENCY_HEADS.has(word) || GIVEN_NAMES.has(word))
    return false;
  return VERB.test(word) || SUFFIXED.test(word);
}

/** "Kasi Dana Desa": the fund, and no village that the writer works for. */
export function isVillageFund(before: { norm: string } | undefined, word: { norm: string }): boolean {
  return word.norm === 'desa' && before?.norm === 'dana';
}
