import { locateRegions } from '../regions/find-regions.js';
import type { Found, Region } from '../types.js';
import { locateEmail } from './check-email.js';
import { locatePhone } from './check-phone.js';
import { findAgency } from './find-agency.js';
import { findPerson } from './find-person.js';
import { findPosition } from './find-position.js';

export interface Identity {
  name?: Found<string>;
  position?: Found<string>;
  agency?: Found<string>;
  region?: Found<Region>;
  /** Several regions fit: ask. */
  regions?: Found<Region[]>;
  email?: Found<string>;
  phone?: Found<string>;
}

/** Whatever a message says of who writes it: "Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, hp 0812…". */
export function findIdentity(message: string): Identity {
  const text = message.slice(0, LONGEST_READ);
  const name = findPerson(text);
  const position = findPosition(text, name?.span);
  const agency = findAgency(text, [name?.span, position?.span]);
  const email = locateEmail(text)?.found;
  const phone = locatePhone(text);
  const excluded = [name?.span, localPart(email)].filter((span) => span !== undefined);
  const regions = regionOfAgency(text, agency) ?? locateRegions(text, {}, excluded);
  return {
    ...(name === undefined ? {} : { name }),
    ...(position === undefined ? {} : { position }),
    ...(agency === undefined ? {} : { agency }),
    ...regionOf(regions),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** Who writes stands at the beginning or under a letter; what is longer is an attachment in disguise. */
const LONGEST_READ = 4000;

/** "Tinggal di Surabaya, kerja di Pemkab Gresik": the office says which region someone writes for. */
function regionOfAgency(text: string, agency: Found<string> | undefined): Found<Region[]> | undefined {
  if (agency === undefined) return undefined;
  const { start, end } = agency.span;
  const outside = [
    { start: 0, end: start },
    { start: end, end: text.length },
  ];
  const found = locateRegions(text, {}, outside);
  return found?.value.length === 1 && found.value[0]?.level !== 'province' ? found : undefined;
}

function regionOf(found: Found<Region[]> | undefined): Pick<Identity, 'region' | 'regions'> {
  const [first, second] = found?.value ?? [];
  if (found === undefined || first === undefined) return {};
  if (second !== undefined) return { regions: found };
  return { region: { value: first, span: found.span, confidence: found.confidence } };
}

function localPart(email: Found<string> | undefined): { start: number; end: number } | undefined {
  if (email === undefined) return undefined;
  return { start: email.span.start, end: email.span.start + email.value.indexOf('@') };
}
