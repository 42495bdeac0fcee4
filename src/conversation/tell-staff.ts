import type { Staff } from '../models/staff.js';
import { recordFact } from '../services/facts/record-fact.js';
import { isMailAddress, queueMail } from '../services/mail/queue-mail.js';
import { ChannelError } from './channel.js';
import type { Engine } from './engine.js';
import { unitBoard } from './show-unit-cards.js';

/**
 * Tells somebody of the office: by e-mail where they have an address, and at once in their own chat where Teams knows them. Once
 * under its key; a chat that cannot be reached is left to the e-mail. Of whoever works here no more, nothing is told.
 */
export async function tellStaff(engine: Engine, staffId: string, text: string, key: string): Promise<void> {
  const { models } = engine.services;
  const person = await models.staff.findOne({ _id: staffId, active: true }).lean();
  if (!person) return;
  const now = engine.clock.now();
  await mail(engine, person, text, key, now);
  await chat(engine, person, text, key, now);
}

async function mail(
  { services }: Engine,
  { email, name, language }: Staff,
  text: string,
  key: string,
  now: Date,
): Promise<void> {
  if (email === null || !isMailAddress(email)) return;
  const t = services.texts.for(language);
  const [subject = ''] = text.split('\n');
  await queueMail(services, {
    ...{ key: `staff:${key}`, to: email, subject, text: t('mail:staff.text', { name, text }) },
    ...{ attachments: [], ticket: null, now },
  });
}

async function chat(
  engine: Engine,
  { _id: staffId, name: staffName, directoryId }: Staff,
  text: string,
  key: string,
  now: Date,
): Promise<void> {
  const board = unitBoard(engine);
  if (!board || !directoryId) return;
  // First: said twice is worse than left to the e-mail.
  const first = await recordFact(engine.services, {
    ...{ key: `staff-told:${key}`, name: 'staff-told', at: now, channel: 'teams' },
    ...{ ticketId: null, conversationId: null, staffId, staffName, facts: {} },
  });
  if (!first) return;
  try {
    await board.tellPerson(directoryId, text);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    engine.services.log.warn(
      { err: error, channel: 'teams' },
      'somebody of the office was told by e-mail only',
    );
  }
}
