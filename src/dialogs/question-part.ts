import type { Edit, Input } from '../conversation/dialog.js';
import type { FileReference } from '../models/message.js';

/** A bubble of a question: what the user wrote or sent, in the order they did. */
export type QuestionPart =
  { kind: 'text'; text: string } | { kind: 'file'; file: FileReference; caption?: string };

/** A question's text may be this long; more belongs in a file. Bounds the stored state of a conversation. */
const MAX_QUESTION_LENGTH = 20_000;
const MAX_QUESTION_PARTS = 100;

/** The part an input makes, if it makes one. */
export function toPart(input: Input): QuestionPart | undefined {
  if (input.kind === 'text') {
    const text = input.text.trim();
    return text === '' ? undefined : { kind: 'text', text };
  }
  if (input.kind === 'file')
    return input.caption === undefined ? { kind: 'file', file: input.file } : { ...input };
  return undefined;
}

/** True when one more part would make the question longer than a ticket takes. */
export function isFull(parts: readonly QuestionPart[], next: QuestionPart): boolean {
  return parts.length >= MAX_QUESTION_PARTS || questionText([...parts, next]).length > MAX_QUESTION_LENGTH;
}

/** The parts with changed words in them; undefined when the words that were changed are in none. */
export function editParts(
  parts: readonly QuestionPart[],
  { before, text }: Edit,
): QuestionPart[] | undefined {
  const words = before?.trim();
  const index = parts.findLastIndex((part) => (part.kind === 'text' ? part.text : part.caption) === words);
  const part = parts[index];
  if (part === undefined || words === undefined) return undefined;
  const edited: QuestionPart = part.kind === 'text' ? { ...part, text } : { ...part, caption: text };
  const others = parts.filter((_, place) => place !== index);
  return isFull(others, edited) ? undefined : parts.with(index, edited);
}

export function questionText(parts: readonly QuestionPart[]): string {
  return parts
    .map((part) => (part.kind === 'text' ? part.text : (part.caption ?? '')))
    .filter((text) => text !== '')
    .join('\n');
}

/** Longest piece of a question that the bot repeats. */
const SHOWN = 1_500;

/** The question as it is repeated to the user: its beginning, and the names of its files. */
export function shownQuestion(parts: readonly QuestionPart[]): string {
  const text = questionText(parts);
  const files = questionFiles(parts).map((file) => `📎 ${file.name}`);
  return [text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text, ...files]
    .filter((line) => line !== '')
    .join('\n');
}

export function questionFiles(parts: readonly QuestionPart[]): FileReference[] {
  return parts.flatMap((part) => (part.kind === 'file' ? [part.file] : []));
}
