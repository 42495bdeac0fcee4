import type { Escalation } from '../../models/escalation.js';
import type { FileReference, Message } from '../../models/message.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { takeStep } from './take-step.js';

interface RelayAnswerInput {
  id: string;
  actor: Actor;
  version: number;
  now: Date;
}

/** More than this is not taken over as one answer. */
const MOST_MESSAGES = 100;

/**
 * With one press the agent hands the unit what the user has written since they were asked: words and files, in their order.
 * @throws DomainError as takeStep; answer-missing while the user has written nothing
 */
export async function relayAnswer(
  context: ServiceContext,
  { id, actor, version, now }: RelayAnswerInput,
): Promise<Escalation> {
  const { models } = context;
  const escalation = await models.escalations.findById(id).lean();
  if (!escalation) throw new DomainError('not-found');
  const asked = escalation.thread.find(({ n }) => n === escalation.askedEntry);
  const ticket = await models.tickets.findById(escalation.ticketId, { conversationId: 1 }).lean();
  const written = await models.messages
    .find({
      ...{ conversationId: ticket?.conversationId ?? '', direction: 'in' },
      receivedAt: { $gt: asked?.at ?? now },
      // What was written of a complaint meanwhile is not the unit's to read (R-A8).
      matter: null,
    })
    .sort({ _id: 1 })
    .limit(MOST_MESSAGES)
    .lean();
  const text = written.map(wordsOf).filter(Boolean).join('\n');
  const files = written.flatMap(fileOf);
  const step = { step: 'user-answer' as const, askedEntry: asked?.n };
  return takeStep(context, { id, actor, version, ...step, text, files, now });
}

function wordsOf({ content }: Message): string {
  if (content.kind === 'text' || content.kind === 'choice') return content.text;
  return content.kind === 'file' ? (content.caption ?? '') : '';
}

function fileOf({ content }: Message): FileReference[] {
  if (content.kind !== 'file') return [];
  const { fileId, name, mimeType, size } = content;
  return [{ fileId, name, mimeType, size }];
}
