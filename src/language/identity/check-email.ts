import { distance } from 'fastest-levenshtein';
import type { Found } from '../types.js';

export interface EmailCheck {
  /** The address as typed, where it is one. */
  email?: string;
  /** What was probably meant, to be offered back. */
  suggestion?: string;
}

const PROVIDERS = [
  'gmail.com',
  'yahoo.com',
  'yahoo.co.id',
  'ymail.com',
  'rocketmail.com',
  'outlook.com',
  'outlook.co.id',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'kemenkeu.go.id',
];
const ENDINGS = [
  'go.id',
  'co.id',
  'ac.id',
  'or.id',
  'sch.id',
  'my.id',
  'web.id',
  'desa.id',
  'mil.id',
  'net.id',
  'biz.id',
];
const TOP_LEVELS = new Set([
  'com',
  'net',
  'org',
  'id',
  'info',
  'gov',
  'edu',
  'biz',
  'io',
  'co',
  'me',
  'asia',
  'example',
  'test',
  'my',
  'sg',
  'au',
  'uk',
  'us',
  'dev',
  'app',
  'xyz',
  'online',
  'site',
]);

const CANDIDATE =
  /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-]{1,64})(?: ?@ ?| ?[([](?:at|et)[)\]] ?)([\p{L}\p{N}-]{1,63}(?:[.,][\p{L}\p{N}-]{1,63}){0,5})/iu;
const LOCAL = /^[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/i;

/** Looks for an address; one whose domain is a slip of a usual one (gmial.com, go.i) comes back with what was meant. */
export function checkEmail(text: string): EmailCheck {
  const found = locateEmail(text);
  return found === undefined ? {} : found.check;
}

export function locateEmail(text: string): { check: EmailCheck; found?: Found<string> } | undefined {
  if (!/@|[([](?:at|et)[)\]]/i.test(text)) return locateSpoken(text);
  const match = CANDIDATE.exec(text);
  if (match === null) return undefined;
  const local = (match[1] ?? '').replace(/^\.+|\.+$/g, '');
  const typedDomain = match[2] ?? '';
  const domain = typedDomain.toLowerCase().replace(/,/g, '.');
  if (!LOCAL.test(local)) return { check: {} };
  const isAsTyped = domain === typedDomain.toLowerCase() && match[0].includes(`${local}@`);
  const meant = likelyDomain(domain);
  const isValid = DOMAIN.test(domain) && TOP_LEVELS.has(domain.slice(domain.lastIndexOf('.') + 1));
  const address = `${local}@${domain}`;
  const check: EmailCheck = {
    ...(isValid ? { email: address } : {}),
    ...(meant !== undefined && meant !== domain ? { suggestion: `${local}@${meant}` } : {}),
  };
  if (!isValid) return { check };
  const span = { start: match.index, end: match.index + match[0].length };
  const confidence = check.suggestion !== undefined ? 0.5 : isAsTyped ? 0.98 : 0.8;
  return { check, found: { value: address, span, confidence } };
}

/** "siti at contoh titik go titik id", as a telephone writes what it hears. */
const SPOKEN =
  /(?<![\p{L}\p{N}])([a-z0-9]{2,30}(?: (?:titik|dot) [a-z0-9]{1,30}){0,3}) (?:at|et|add) ([a-z0-9-]{2,40}(?: (?:titik|dot) [a-z0-9-]{2,20}){1,3})(?![\p{L}\p{N}])/iu;

function locateSpoken(text: string): ReturnType<typeof locateEmail> {
  const match = SPOKEN.exec(text);
  if (match === null) return undefined;
  const written = [match[1], match[2]].map((part = '') => part.replace(/ (?:titik|dot) /giu, '.'));
  const { check, found } = locateEmail(written.join('@')) ?? { check: {} };
  if (found === undefined) return { check };
  const span = { start: match.index, end: match.index + match[0].length };
  return { check, found: { ...found, span, confidence: Math.min(found.confidence, 0.8) } };
}

/** The usual domain this one is a slip of; the domain itself when it is fine; undefined when nothing is near. */
function likelyDomain(domain: string): string | undefined {
  if (PROVIDERS.includes(domain)) return domain;
  const provider = nearestProvider(domain);
  if (provider !== undefined) return provider;
  return mendEnding(domain);
}

function nearestProvider(domain: string): string | undefined {
  const bare = PROVIDERS.find((provider) => provider.slice(0, provider.indexOf('.')) === domain);
  if (bare !== undefined) return bare;
  const isGovernment = /\.go\.?id?$/.test(domain);
  let best: { provider: string; edits: number } | undefined;
  for (const provider of PROVIDERS) {
    const edits = distance(domain, provider);
    if (edits <= (provider.length > 8 ? 2 : 1) && (best === undefined || edits < best.edits))
      best = { provider, edits };
  }
  return isGovernment && best?.provider !== 'kemenkeu.go.id' ? undefined : best?.provider;
}

const BROKEN_ENDINGS: readonly [RegExp, string][] = [
  [/\.go\.?(?:i|d|ld|di|idd|ids|ud|od|iid|jd|if|is|ie)$/, '.go.id'],
  [/\.goid$|\.gi\.id$|\.ho\.id$|\.gp\.id$|\.g\.id$|\.gov\.id$|\.goo\.id$|\.og\.id$|\.fo\.id$/, '.go.id'],
  [/\.coid$|\.co\.?(?:i|d|di|idd)$|\.c\.id$/, '.co.id'],
  [/\.acid$|\.ac\.(?:i|d|di|idd)$/, '.ac.id'],
  [/\.(?:con|cim|cm|vom|xom|comm|coom|ocm|cpm|c0m|om|come|coma)$/, '.com'],
  [/(?<!\.)go\.id$/, '.go.id'],
];

function mendEnding(domain: string): string | undefined {
  for (const [broken, whole] of BROKEN_ENDINGS) {
    if (broken.test(domain) && !ENDINGS.some((ending) => domain.endsWith(`.${ending}`))) {
      const mended = domain.replace(broken, whole);
      return nearestProvider(mended) ?? mended;
    }
  }
  return domain;
}
