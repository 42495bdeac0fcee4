import type { Appointment } from '../../src/models/appointment.js';
import { POSTS, type LetterKind, type OfficialLetter, type Post } from '../../src/models/official-letter.js';
import { draftLetters } from '../../src/services/letters/draft-letters.js';
import { takeLetterStep, type TakeLetterStepInput } from '../../src/services/letters/take-letter-step.js';
import type { Actor, ServiceContext } from '../../src/services/service-context.js';
import { requestSample, take, wib } from './appointments.js';
import { addStaff, MONDAY_MORNING } from './services.js';

/** 12 March 2026, 09.00 WIB: a Thursday eight working days off. */
export const AGREED = wib('2026-03-12T09:00');

export type Secretariat = Record<Post | 'agent' | 'supervisor' | 'member' | 'stranger', Actor>;

/** One person for each post, the contact centre, and two units. */
export async function addSecretariat(services: ServiceContext): Promise<Secretariat> {
  const withPost = async (post: Post): Promise<[Post, Actor]> => {
    const actor = await addStaff(services, post, 'receptionist');
    await services.models.staff.updateOne({ _id: actor.staffId }, { $set: { post } });
    return [post, actor];
  };
  const ofUnit = async (username: string, unitCode: string): Promise<Actor> => {
    const actor = await addStaff(services, username, 'unit-member');
    await services.models.staff.updateOne({ _id: actor.staffId }, { $set: { unitCode } });
    return actor;
  };
  const posts = Object.fromEntries(await Promise.all(POSTS.map(withPost))) as Record<Post, Actor>;
  return {
    ...posts,
    agent: await addStaff(services, 'rani', 'agent'),
    supervisor: await addStaff(services, 'sinta', 'supervisor'),
    member: await ofUnit('andi', 'dana-transfer-khusus'),
    stranger: await ofUnit('joko', 'dana-transfer-umum'),
  };
}

/** A conference agreed on, with its letters drafted. */
export async function agreedConference(
  services: ServiceContext,
  kind: 'video-application' | 'video-network' = 'video-application',
): Promise<Appointment> {
  const { _id } = await requestSample(services, { kind, kanwil: kind === 'video-network' ? KANWIL : null });
  const appointment = await take(services, _id, AGREED);
  await draftLetters(services, appointment, MONDAY_MORNING);
  return appointment;
}

export const KANWIL = 'Kanwil DJPb Provinsi Sulawesi Selatan';

/** The letter of a kind that stands now. */
export async function openLetter(
  { models }: ServiceContext,
  { _id: appointmentId }: Pick<Appointment, '_id'>,
  kind: LetterKind = 'unit',
): Promise<OfficialLetter> {
  return (await models.officialLetters.findOne({ appointmentId, kind, open: true }).lean())!;
}

/** Takes a step at what stands now. */
export async function letterStep(
  services: ServiceContext,
  id: string,
  actor: Actor,
  input: Partial<TakeLetterStepInput> & Pick<TakeLetterStepInput, 'step'>,
): Promise<OfficialLetter> {
  const { version } = (await services.models.officialLetters.findById(id).lean())!;
  const text = { addressees: ['Kepala Contoh'], copies: [], subject: 'Hal contoh', body: 'Isi contoh.' };
  const filled = { version, remark: 'Mohon diperbaiki.', text, now: MONDAY_MORNING, ...input };
  return takeLetterStep(services, { id, actor, ...filled });
}

/** Leads a letter to a post; `null`: to the signature. */
export async function bringLetter(
  services: ServiceContext,
  people: Secretariat,
  { _id, route }: OfficialLetter,
  to: Post | null,
): Promise<OfficialLetter> {
  const names = { type: 'submit', initial: 'initial', sign: 'sign' } as const;
  for (const { post, act } of route) {
    if (post === to) break;
    await letterStep(services, _id, people[post], { step: names[act] });
  }
  return (await services.models.officialLetters.findById(_id).lean())!;
}
