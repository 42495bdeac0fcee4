import { loadData } from '../load-data.js';
import { NearWords } from '../text/near-words.js';
import { foldWord, shortenElongation } from '../text/tokens.js';
import type { Command } from '../types.js';

interface CommandData {
  fillers: string[];
  joined: Record<string, string>;
  commands: Record<Command, { core: string[]; support: string[] }>;
}

/** Longer than any navigation phrase people use; what is longer is content. */
const LONGEST_COMMAND = 60;
const MOST_WORDS = 8;
/** Where several fit, the earlier wins: "kembali ke menu" is the menu, "ya batal" is a cancellation. */
const PRECEDENCE: readonly Command[] = [
  'agent',
  'menu',
  'cancel',
  'repeat',
  'back',
  'change',
  'skip',
  'help',
  'done',
  'no',
  'yes',
];

const { fillers, joined, core, support } = readCommands();
const VOCABULARY = new Set(
  [fillers, ...Object.values(core), ...Object.values(support)].flatMap((set) => [...set]),
);
const SHORTEST_MENDED = 6;
/** Slips are mended in the words that steer; a misread "yes" would be worse than asking again. */
const NEAR_CORES = new NearWords(
  PRECEDENCE.filter((command) => command !== 'yes' && command !== 'no')
    .flatMap((command) => [...core[command]])
    .filter((word) => word.length >= SHORTEST_MENDED),
);
/** Words one letter away from a command's. */
const NOT_SLIPS = new Set(['kampung', 'batuan', 'keluaran', 'ulangan', 'selesaikan', 'petuga', 'lewatnya']);
const SPLIT = /[^\p{L}\p{N}\p{M}'’`]+/u;

/**
 * A navigation word said on its own, in any usual wording ("menu dong", "gak jadi deh", "mau ngomong sama orang").
 * Every word of the message must be the command itself, belong to it, or be a filler; anything else is content.
 */
export function recogniseCommand(text: string): Command | undefined {
  if (text.length > LONGEST_COMMAND) return undefined;
  const trimmed = text.trim();
  if (trimmed === '?' || trimmed === '??' || trimmed === '???') return 'help';
  const emoji = EMOJI[trimmed];
  if (emoji !== undefined) return emoji;
  const words = mendWords(joinPhrases(splitWords(trimmed)));
  if (words === undefined || words.length === 0 || words.length > MOST_WORDS) return undefined;
  const command = PRECEDENCE.find((one) => speaksOnlyOf(words, one));
  return isAsked(trimmed) && ANSWERS.has(command) ? undefined : command;
}

const ANSWERS: ReadonlySet<Command | undefined> = new Set<Command>(['yes', 'no', 'done']);

/** "ya?" is unsure of itself and still an answer; "sudah sesuai?" asks. */
function isAsked(text: string): boolean {
  return text.endsWith('?') && splitWords(text).length > 1;
}

const EMOJI: Readonly<Record<string, Command>> = {
  '👍': 'yes',
  '👌': 'yes',
  '✅': 'yes',
  '👎': 'no',
  '❌': 'no',
};

function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const part of text.split(SPLIT)) {
    if (part !== '') words.push(shortenElongation(foldWord(part)));
  }
  return words;
}

/** Replaces fixed phrases of up to four words by the one word that stands for them. */
function joinPhrases(words: string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < words.length;) {
    const { word, length } = phraseAt(words, i);
    result.push(word);
    i += length;
  }
  return result;
}

function phraseAt(words: string[], start: number): { word: string; length: number } {
  for (let length = Math.min(4, words.length - start); length >= 1; length--) {
    const word = joined.get(words.slice(start, start + length).join(' '));
    if (word !== undefined) return { word, length };
  }
  return { word: words[start] ?? '', length: 1 };
}

/** The words with slips mended ("kembalu"); undefined where one of them belongs to no command. */
function mendWords(words: readonly string[]): string[] | undefined {
  const mended: string[] = [];
  for (const word of words) {
    const meant = VOCABULARY.has(word) ? word : nearest(word);
    if (meant === undefined) return undefined;
    mended.push(meant);
  }
  return mended;
}

function nearest(word: string): string | undefined {
  if (word.length < SHORTEST_MENDED - 1 || NOT_SLIPS.has(word)) return undefined;
  const { words } = NEAR_CORES.find(word, 1);
  return words[0];
}

function speaksOnlyOf(words: string[], command: Command): boolean {
  const cores = core[command];
  const supports = support[command];
  let found = false;
  for (const word of words) {
    if (cores.has(word)) found = true;
    else if (!supports.has(word) && !fillers.has(word)) return false;
  }
  return found;
}

function readCommands(): {
  fillers: Set<string>;
  joined: Map<string, string>;
  core: Record<Command, Set<string>>;
  support: Record<Command, Set<string>>;
} {
  const data = loadData('commands.json') as CommandData;
  const pick = (part: 'core' | 'support'): Record<Command, Set<string>> =>
    Object.fromEntries(PRECEDENCE.map((name) => [name, new Set(data.commands[name][part])])) as Record<
      Command,
      Set<string>
    >;
  return {
    fillers: new Set(data.fillers),
    joined: new Map(Object.entries(data.joined)),
    core: pick('core'),
    support: pick('support'),
  };
}
