import { loadData } from '../load-data.js';

type Kind = 'honorifics' | 'titlesBefore' | 'degrees' | 'stopWords' | 'positions' | 'agencies' | 'givenNames';

const data = loadData('identity-words.json') as Record<Kind, string[]>;

/** "Pak", "Bu": never part of a name on record. */
export const HONORIFICS: ReadonlySet<string> = new Set(data.honorifics);
/** "Drs.", "H.", "Ir.": stay in front of the name. */
export const TITLES: ReadonlySet<string> = new Set(data.titlesBefore);
/** "S.E.", "M.Si." without their dots: stay behind the name. */
export const DEGREES: ReadonlySet<string> = new Set(data.degrees);
/** Words that no name holds: where one stands, the name has ended. */
export const NAME_STOPS: ReadonlySet<string> = new Set(data.stopWords);
/** First words of positions: "Kabid", "Kepala". */
export const POSITION_HEADS: ReadonlySet<string> = new Set(data.positions);
/** First words of offices: "BPKAD", "Dinas". */
export const AGENCY_HEADS: ReadonlySet<string> = new Set(data.agencies);
/** Common given names; a message that begins with one and goes on with an office gives its writer's name. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(data.givenNames);
