import { loadData } from '../load-data.js';
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
  const words = joinPhrases(splitWords(trimmed));
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  for (const command of PRECEDENCE) {
    if (speaksOnlyOf(words, command)) return command;
  }
  return undefined;
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
