import type { FileReference } from '../../models/message.js';
import type { LetterEntry, OfficialLetter, Post } from '../../models/official-letter.js';
import { fileReferences } from '../files/file-references.js';
import type { ServiceContext } from '../service-context.js';
import { latestRound } from './latest-round.js';
import { allowedSteps, standingsOf, type LetterStep } from './letter-steps.js';
import { signatory } from './routes.js';
import type { LetterReader } from './visible-to.js';

/** A letter as a line of a list. */
export interface LetterSummary extends Pick<
  OfficialLetter,
  | ('version' | 'kind' | 'state' | 'appointmentId' | 'ticketNumber' | 'number' | 'date')
  | ('subject' | 'addressees' | 'startsAt' | 'updatedAt' | 'turn')
> {
  id: string;
  /** Signed, and followed by another one after the conference was moved. */
  replaced: boolean;
  /** Who signs, as its sender. */
  from: Post;
  /** It waits for the reader. */
  mine: boolean;
}

/** One station of its way, and who was there in the latest round. */
interface StationView {
  post: Post;
  act: 'type' | 'initial' | 'sign';
  name: string | null;
  at: Date | null;
  current: boolean;
}

/** A letter in full. */
export interface LetterView extends LetterSummary {
  copies: string[];
  body: string;
  way: StationView[];
  thread: LetterEntry[];
  /** PDF and DOCX of the signed letter. */
  files: FileReference[];
  /** What the reader may do now. */
  allowed: LetterStep[];
}

export function summariseLetter(
  letter: Omit<OfficialLetter, 'thread' | 'body'>,
  { post }: Pick<LetterReader, 'post'>,
): LetterSummary {
  const { _id: id, version, kind, state, appointmentId, ticketNumber, number, date, open } = letter;
  const { subject, addressees, startsAt, updatedAt, turn, route } = letter;
  return {
    ...{ id, version, kind, state, appointmentId, ticketNumber, number, date },
    ...{ subject, addressees, startsAt, updatedAt, turn },
    replaced: state === 'signed' && !open,
    from: signatory(route),
    mine: turn !== null && turn === post,
  };
}

export async function viewLetter(
  context: ServiceContext,
  letter: OfficialLetter,
  reader: LetterReader,
): Promise<LetterView> {
  const { copies, body, thread, pdfFileId, docxFileId } = letter;
  const papers = [pdfFileId, docxFileId].filter((id) => id !== null);
  return {
    ...summariseLetter(letter, reader),
    ...{ copies, body, thread, way: wayOf(letter) },
    files: await fileReferences(context, papers),
    allowed: allowedSteps(letter, standingsOf(letter, reader)),
  };
}

const DONE_BY = { type: 'submit', initial: 'initial', sign: 'sign' } as const;

function wayOf({ route, thread, turn, station }: OfficialLetter): StationView[] {
  const round = latestRound(thread);
  return route.map(({ post, act }, index) => {
    const done = round.find((entry) => entry.step === DONE_BY[act] && entry.post === post);
    const current = turn !== null && index === station;
    return { post, act, name: done?.byName ?? null, at: done?.at ?? null, current };
  });
}
