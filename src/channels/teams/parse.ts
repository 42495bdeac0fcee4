import { z } from 'zod';
import type { InboundContent, InboundMessage } from '../../conversation/channel.js';
import type { CardAction } from '../../conversation/unit-board.js';
import type { Clock } from '../../shared/clock.js';
import { cleanText } from '../clean-text.js';
import type { Activity } from './activity.js';
import { readCardData } from './card-data.js';
import { announcedFiles, type AnnouncedFile } from './attachments.js';

type Head = Omit<InboundMessage, 'content'>;

/** Where a press came from; an invoke is answered with what it shows. */
interface Press {
  activityId: string;
  at: Date;
  /** The card; undefined when the platform does not say. */
  cardId: string | undefined;
}

/** What an activity means for the office. */
export type Arrival =
  | { kind: 'message'; parts: { head: Head; content: InboundContent | AnnouncedFile }[] }
  | { kind: 'choice'; head: Head; cardId: string | undefined; choice: string; title: string }
  | { kind: 'card-action'; press: Press; data: CardAction['data'] }
  /** A button whose data is not, or no longer, ours. */
  | { kind: 'unknown-action' }
  | {
      kind: 'consent';
      accepted: boolean;
      fileId: string;
      cardId: string | undefined;
      upload: Upload | undefined;
    }
  | { kind: 'thread'; activityId: string; at: Date; text: string; files: AnnouncedFile[]; missing: string[] }
  /** Written in a group, where the bot does not work. */
  | { kind: 'group' }
  | { kind: 'installed'; where: 'person' | 'team' | 'group'; greet: boolean }
  | { kind: 'removed'; where: 'person' | 'team' | 'group' }
  | { kind: 'channel'; change: 'known' | 'gone'; channelId: string; channelName: string | undefined }
  /** A message of which we cannot say what it is called: nothing can be stored under it. */
  | { kind: 'nothing' };

/** Where Teams lets us put a file that its user has asked for. */
export interface Upload {
  uploadUrl: string;
  contentUrl: string;
  name: string;
  uniqueId: string;
  fileType: string;
}

export interface Reader {
  account: string;
  clock: Clock;
  /** Whether a file may be fetched from there. */
  isFileAddress: (url: string) => boolean;
}

const NOTHING: Arrival = { kind: 'nothing' };

/** Reads an activity; nothing a person wrote to the bot is dropped. */
export function parseActivity(activity: Activity, reader: Reader): Arrival {
  switch (activity.type) {
    case 'message':
      return parseMessage(activity, reader);
    case 'messageUpdate':
      return parseEdit(activity, reader);
    case 'invoke':
      return parseInvoke(activity, reader);
    case 'installationUpdate':
      return parseInstallation(activity);
    case 'conversationUpdate':
      return parseChange(activity);
    default:
      // Reactions, typing, deletions: signs, not messages.
      return NOTHING;
  }
}

/** Where an activity happened. Older clients leave the kind out where two people talk. */
export function whereOf({ conversation, channelData }: Activity): 'person' | 'team' | 'group' {
  if (conversation.conversationType === 'channel' || channelData?.team) return 'team';
  return conversation.conversationType === 'groupChat' ? 'group' : 'person';
}

/** A channel's id, without the thread that a conversation id may name. */
export function channelIdOf({ conversation, channelData }: Activity): string {
  return channelData?.channel?.id ?? conversation.id.replace(/;messageid=.*$/, '');
}

function parseMessage(activity: Activity, reader: Reader): Arrival {
  const { id, value, from, recipient } = activity;
  if (id === undefined || !from || from.id === recipient?.id) return NOTHING;
  if (isData(value)) return parsePress(activity, id, value, reader);
  const where = whereOf(activity);
  if (where === 'group') return { kind: 'group' };
  const text = textOf(activity);
  const { files, others, missing } = announcedFiles(activity.attachments, reader.isFileAddress);
  const at = sentAtOf(activity, reader.clock);
  if (where === 'team') return { kind: 'thread', activityId: id, at, text, files, missing };
  const contents: (InboundContent | AnnouncedFile)[] = [...files];
  const [first] = files;
  // What is written beside a file is about it.
  if (first && text !== '') contents[0] = { ...first, caption: text };
  for (const name of missing) contents.push({ kind: 'refused-file', name, reason: 'unreadable' });
  if (!first && text !== '') contents.unshift({ kind: 'text', text });
  if (contents.length === 0) contents.push({ kind: 'unsupported', what: others });
  const parts = contents.map((content, index) => {
    const providerId = index === 0 ? keyOf(activity, id) : `${keyOf(activity, id)}:${index}`;
    return { head: headOf(activity, providerId, reader), content };
  });
  return { kind: 'message', parts };
}

/** Only words are edited. What was deleted and brought back is what it was. */
function parseEdit(activity: Activity, reader: Reader): Arrival {
  const { id, from, channelData, timestamp } = activity;
  const text = textOf(activity);
  if (id === undefined || !from || text === '' || channelData?.eventType === 'undeleteMessage')
    return NOTHING;
  if (whereOf(activity) !== 'person') return NOTHING;
  const replaces = keyOf(activity, id);
  const head = headOf(activity, `edit:${timestamp ?? ''}:${replaces}`, reader);
  return { kind: 'message', parts: [{ head, content: { kind: 'text', text, replaces } }] };
}

/** `Action.Submit` arrives as a message without words, `Action.Execute` as an invoke. */
function parsePress(activity: Activity, id: string, value: unknown, reader: Reader): Arrival {
  const { replyToId: cardId } = activity;
  const read = readCardData(value);
  if (read.kind === 'unknown') return { kind: 'unknown-action' };
  if (read.kind === 'board') {
    const press = { activityId: id, at: sentAtOf(activity, reader.clock), cardId };
    return { kind: 'card-action', press, data: read.data };
  }
  if (whereOf(activity) !== 'person') return { kind: 'unknown-action' };
  // The buttons of one card are one answer, however often they are pressed.
  const key = cardId === undefined ? keyOf(activity, id) : `press:${keyOf(activity, cardId)}`;
  const { choice, title } = read;
  return { kind: 'choice', head: headOf(activity, key, reader), cardId, choice, title };
}

const execute = z.looseObject({ action: z.looseObject({ data: z.unknown().optional() }) });

const consent = z.looseObject({
  action: z.enum(['accept', 'decline']),
  context: z.looseObject({ v: z.literal(1), fileId: z.string().min(1).max(200) }),
  uploadInfo: z
    .looseObject({
      uploadUrl: z.string(),
      contentUrl: z.string(),
      name: z.string(),
      uniqueId: z.string(),
      fileType: z.string(),
    })
    .optional()
    .catch(undefined),
});

function parseInvoke(activity: Activity, reader: Reader): Arrival {
  const { id, name, from, value, replyToId: cardId } = activity;
  if (id === undefined || !from) return NOTHING;
  if (name === 'adaptiveCard/action') {
    const read = execute.safeParse(value);
    return read.success
      ? parsePress(activity, id, read.data.action.data, reader)
      : { kind: 'unknown-action' };
  }
  const answer = name === 'fileConsent/invoke' ? consent.safeParse(value) : undefined;
  if (!answer?.success) return name === 'fileConsent/invoke' ? { kind: 'unknown-action' } : NOTHING;
  const { action, context, uploadInfo: upload } = answer.data;
  return { kind: 'consent', accepted: action === 'accept', fileId: context.fileId, cardId, upload };
}

function parseInstallation(activity: Activity): Arrival {
  const where = whereOf(activity);
  if (activity.action?.startsWith('remove')) return { kind: 'removed', where };
  // An upgrade of the app is no reason to greet everybody anew.
  return { kind: 'installed', where, greet: activity.action === 'add' };
}

/** Being added and being installed are told one after the other; only the latter greets. */
function parseChange(activity: Activity): Arrival {
  const { recipient, membersAdded, membersRemoved, channelData } = activity;
  const isUs = ({ id }: { id: string }): boolean => id === recipient?.id;
  const where = whereOf(activity);
  if (membersAdded.some(isUs)) return { kind: 'installed', where, greet: false };
  if (membersRemoved.some(isUs)) return { kind: 'removed', where };
  const change = CHANGES.get(channelData?.eventType ?? '');
  const channel = channelData?.channel;
  if (!change || !channel) return NOTHING;
  return { kind: 'channel', change, channelId: channel.id, channelName: channel.name };
}

const CHANGES: ReadonlyMap<string, 'known' | 'gone'> = new Map([
  ['channelCreated', 'known'],
  ['channelRenamed', 'known'],
  ['channelRestored', 'known'],
  ['channelDeleted', 'gone'],
]);

function headOf(activity: Activity, providerId: string, { account, clock }: Reader): Head {
  const sentAt = sentAtOf(activity, clock);
  return { channel: 'teams', account, address: activity.conversation.id, providerId, sentAt };
}

function keyOf({ conversation }: Activity, id: string): string {
  return `${conversation.id}:${id}`;
}

/** Teams opened in 2016; a clock of ours that is a day behind is wrong, but not a reason to lose the time. */
const EARLIEST = Date.UTC(2016, 0);
const DAY = 24 * 60 * 60 * 1000;

function sentAtOf({ timestamp }: Activity, clock: Clock): Date {
  const now = clock.now();
  const time = Date.parse(timestamp ?? '');
  return time >= EARLIEST && time <= now.getTime() + DAY ? new Date(time) : now;
}

/** The words, without calling the bot by name; others who are named keep their names. */
function textOf({ text = '', entities, recipient }: Activity): string {
  let words = text;
  for (const { text: mark, mentioned } of entities) {
    const name = mentioned.id === recipient?.id ? '' : (mentioned.name ?? '');
    words = words.replaceAll(mark, () => name);
  }
  return cleanText(words.replace(/&nbsp;|\u00A0/g, ' '));
}

function isData(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
