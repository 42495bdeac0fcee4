import { DateTime } from 'luxon';
import type { NotaDinasData } from '../../documents/nota-dinas/nota-dinas-data.js';
import { renderNotaDinasDocx, renderNotaDinasPdf } from '../../documents/nota-dinas/render-nota-dinas.js';
import { fileNameOf } from '../../documents/file-name.js';
import { nextNumber } from '../../models/counter.js';
import type { LetterEntry, OfficialLetter, Post } from '../../models/official-letter.js';
import { DomainError } from '../../shared/errors.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { storeFile } from '../files/store-file.js';
import type { ServiceContext } from '../service-context.js';
import { latestRound } from './latest-round.js';
import { signatory } from './routes.js';

/** What a signatory's letters are counted under: the unit's code in the ministry's correspondence. */
const CODES: Readonly<Partial<Record<Post, string>>> = { 'kabag-hkk': 'PK.15', sesditjen: 'PK.1' };

/**
 * Number and papers of a signed letter, each made once however often and by how many workers this runs: what is there stays.
 * Of two workers that draw at once the number of one stays unused.
 */
export async function letterPaper(
  context: ServiceContext,
  letter: OfficialLetter,
  now: Date,
): Promise<OfficialLetter> {
  const numbered = letter.number === null ? await number(context, letter) : letter;
  const data = paperData(context, numbered);
  const withPdf =
    numbered.pdfFileId === null
      ? await keepPaper(context, numbered, 'pdf', await renderNotaDinasPdf(data), now)
      : numbered;
  return withPdf.docxFileId === null
    ? keepPaper(context, withPdf, 'docx', await renderNotaDinasDocx(data), now)
    : withPdf;
}

async function number(context: ServiceContext, letter: OfficialLetter): Promise<OfficialLetter> {
  const { year } = DateTime.fromJSDate(signing(letter).at, { zone: SERVICE_ZONE });
  const code = CODES[signatory(letter.route)] ?? '';
  const drawn = await nextNumber(context.models.counters, `nota-dinas-${code}-${year}`);
  return once(context, letter._id, 'number', `ND-${drawn}/${code}/${year}`);
}

async function keepPaper(
  context: ServiceContext,
  letter: OfficialLetter,
  kind: 'pdf' | 'docx',
  content: Buffer,
  now: Date,
): Promise<OfficialLetter> {
  const name = fileNameOf(letter.number ?? letter._id, kind);
  const { fileId } = await storeFile(context, {
    ...{ content, name, conversationId: null, paperOf: 'letter', now },
  });
  return once(context, letter._id, `${kind}FileId`, fileId);
}

/** The first value stays. */
async function once(
  { models, changes }: ServiceContext,
  _id: string,
  field: 'number' | 'pdfFileId' | 'docxFileId',
  value: string,
): Promise<OfficialLetter> {
  const { modifiedCount } = await models.officialLetters.updateOne(
    { _id, [field]: null },
    { $set: { [field]: value } },
  );
  if (modifiedCount > 0) changes.publish({ topic: 'letter', id: _id });
  const letter = await models.officialLetters.findById(_id).lean();
  if (!letter) throw new DomainError('not-found');
  return letter;
}

function paperData({ texts }: ServiceContext, letter: OfficialLetter): NotaDinasData {
  const t = texts.for('id');
  const { number: given, date, addressees, copies, subject, body, route, thread } = letter;
  const { byName: name, at } = signing(letter);
  const post = (one: Post | null): string => (one === null ? '' : t(`letters:post.${one}`));
  return {
    ...{ number: given ?? '', date: date ?? '', addressees, copies, subject, body },
    from: post(signatory(route)),
    signer: { name, at },
    initials: latestRound(thread)
      .filter((entry) => entry.step === 'initial')
      .map((entry) => ({ post: post(entry.post), name: entry.byName, at: entry.at })),
  };
}

function signing({ thread }: OfficialLetter): LetterEntry {
  const entry = thread.findLast(({ step }) => step === 'sign');
  if (!entry) throw new DomainError('step-not-possible');
  return entry;
}
