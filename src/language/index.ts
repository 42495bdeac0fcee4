export { recogniseCommand } from './commands/recognise-command.js';
export { findCorrection } from './corrections/find-correction.js';
export type { CorrectedSlot } from './corrections/corrected-slot.js';
export type { Correction } from './corrections/find-correction.js';
export { findDates } from './dates/find-dates.js';
export type { FoundDates } from './dates/find-dates.js';
export { detectLanguage } from './detect-language.js';
export { checkEmail } from './identity/check-email.js';
export type { EmailCheck } from './identity/check-email.js';
export { checkPhone } from './identity/check-phone.js';
export { findIdentity } from './identity/find-identity.js';
export type { Identity } from './identity/find-identity.js';
export { normalisePersonName } from './identity/normalise-person-name.js';
export { beginsWithPost, isPersonName, splitPost } from './identity/split-post.js';
export { findKanwil, KANWIL, kanwilOfRegion } from './offices/find-kanwil.js';
export type { Kanwil } from './offices/find-kanwil.js';
export { recogniseAside, soundsUpset } from './recognise-aside.js';
export type { Aside } from './recognise-aside.js';
export { findRegions } from './regions/find-regions.js';
export { regionTitle } from './regions/region-title.js';
export { regionByCode } from './regions/region-list.js';
export { searchRegions } from './regions/search-regions.js';
export { suggestTopic } from './topics/suggest-topic.js';
export type { TopicWords } from './topics/suggest-topic.js';
export { understand } from './understand.js';
export type {
  Command,
  Entities,
  Found,
  Intent,
  LanguageContext,
  Question,
  Region,
  RegionSearch,
  Span,
  Understanding,
  ZoneName,
} from './types.js';
