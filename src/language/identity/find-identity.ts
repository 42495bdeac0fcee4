import { locateRegions } from '../regions/find-regions.js';
import type { Found, Region } from '../types.js';
import { locateEmail } from './check-email.js';
import { locatePhone } from './check-phone.js';
import { findAgency } from './find-agency.js';
import { signatory, withoutAddressee } from './letter-parts.js';
import { findPerson, nameAfter } from './find-person.js';
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
  const text = withoutAddressee(message.slice(0, LONGEST_READ));
  const email = locateEmail(text)?.found;
  const cued = outside(email, findPerson(text)) ?? signatory(text);
  const position = findPosition(text, cued?.span);
  const agency = findAgency(text, [cued?.span, position?.span]);
  const phone = locatePhone(text);
  const excluded = [cued?.span, localPart(email)].filter((span) => span !== undefined);
  const regions = regionOfAgency(text, agency) ?? locateRegions(text, {}, excluded);
  const last = regions?.span ?? agency?.span ?? position?.span;
  const name = cued ?? (position === undefined || last === undefined ? undefined : nameAfter(text, last.end));
  return { ...withoutGaps({ name, position, agency, email, phone }), ...regionOf(regions) };
}

type TextSlot = 'name' | 'position' | 'agency' | 'email' | 'phone';

function withoutGaps(slots: Record<TextSlot, Found<string> | undefined>): Identity {
  return Object.fromEntries(Object.entries(slots).filter(([, found]) => found !== undefined));
}

/** "email saya budi (at) contoh.go.id" gives an address, not a name. */
function outside(
  email: Found<string> | undefined,
  name: Found<string> | undefined,
): Found<string> | undefined {
  if (email === undefined || name === undefined) return name;
  return name.span.start < email.span.end && email.span.start < name.span.end ? undefined : name;
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
