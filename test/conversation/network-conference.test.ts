import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAndSettle } from '../../src/conversation/settle-appointments.js';
import { letterStepAndSettle } from '../../src/conversation/settle-letters.js';
import type { Appointment } from '../../src/models/appointment.js';
import type { LetterKind, OfficialLetter } from '../../src/models/official-letter.js';
import { assignConsultant } from '../../src/services/appointments/assign-consultant.js';
import { bookSession } from '../../src/services/appointments/book-session.js';
import { noteTrial } from '../../src/services/appointments/note-trial.js';
import { reportAppointment } from '../../src/services/appointments/report-appointment.js';
import { solveHindrance } from '../../src/services/appointments/solve-hindrance.js';
import { requestSample, wib } from '../support/appointments.js';
import { agreed, createOffice, type Chat, type Office } from '../support/conversation.js';
import { outcome } from '../support/escalations.js';
import { addSecretariat, KANWIL, type Secretariat } from '../support/letters.js';

const FIRST = wib('2026-03-12T09:00');
const SECOND = wib('2026-03-17T10:00');
const KINDS: readonly LetterKind[] = ['network-secretary', 'network-systems', 'network-regional'];
const STEPS = { type: 'submit', initial: 'initial', sign: 'sign' } as const;
const ANSWER = 'Sisa DAK Fisik dipakai untuk bidang yang sama (contoh).';

let office: Office;
let people: Secretariat;
let chat: Chat;
let id: string;

beforeAll(async () => {
  office = await createOffice();
  people = await addSecretariat(office.services);
  chat = await agreed(office.chat());
  const { _id, channel, contactId } = await chat.conversation();
  const now = office.clock.now();
  const asked = {
    kind: 'video-network',
    kanwil: KANWIL,
    conversation: { _id, channel, contactId },
    now,
  } as const;
  id = (await requestSample(office.services, asked))._id;
  await office.time(60);
});
afterAll(() => office.close());

const stored = async (): Promise<Appointment> =>
  (await office.services.models.appointments.findById(id).lean())!;
const ticket = async () => (await office.services.models.tickets.findById((await stored()).ticketId).lean())!;

/** By the agent, who also hears what follows from it. */
async function does(change: (now: Date) => Promise<Appointment>): Promise<void> {
  await chat.time(0);
  await changeAndSettle(office.engine, () => change(office.clock.now()));
  await office.time(0);
}

async function letters(more: object = { open: true }): Promise<OfficialLetter[]> {
  return office.services.models.officialLetters
    .find({ appointmentId: id, ...more })
    .sort({ _id: 1 })
    .lean();
}

/** Every open letter is typed, initialled and signed by whoever has to. */
async function signAll(): Promise<void> {
  for (const { _id, route } of await letters()) {
    for (const { post, act } of route) {
      const { version } = (await office.services.models.officialLetters.findById(_id).lean())!;
      const step = { id: _id, actor: people[post], step: STEPS[act], version, now: office.clock.now() };
      await letterStepAndSettle(office.engine, step);
      await office.time(60);
    }
  }
}

const agent = () => people.agent;
const book = (startsAt: Date) => (now: Date) =>
  bookSession(office.services, { id, startsAt, actor: agent(), now });

/** SOP-179, from the agreed time to the BAK, with a trial that fails once. */
describe('a conference over the network whose trial fails once (R-B5)', () => {
  it('gets a time, of which the user hears, and three letters', async () => {
    await does(book(FIRST));
    chat.expectReply(/12 Maret 2026/u);
    expect((await letters()).map(({ kind, state }) => [kind, state])).toEqual(
      KINDS.map((kind) => [kind, 'draft']),
    );
    expect((await ticket()).status).toBe('scheduled');
  });

  it('is coordinated by letters that climb to their signatories', async () => {
    await signAll();
    const signed = await letters();
    expect(signed.map(({ number }) => number)).toEqual([
      'ND-1/PK.15/2026',
      'ND-1/PK.1/2026',
      'ND-2/PK.1/2026',
    ]);
    const signers = signed.map(({ thread }) => thread.findLast(({ step }) => step === 'sign')?.post);
    expect(signers).toEqual(['kabag-hkk', 'sesditjen', 'sesditjen']);
    expect(signed.every(({ pdfFileId, docxFileId }) => pdfFileId !== null && docxFileId !== null)).toBe(true);
  });

  it('is postponed when the trial fails: the time is given back, the user told, nothing agreed meanwhile', async () => {
    await office.until(wib('2026-03-10T09:00'));
    const failed = {
      id,
      result: 'failed',
      hindrance: 'Jaringan di Kanwil putus.',
      actor: people.agent,
    } as const;
    await does((now) => noteTrial(office.services, { ...failed, now }));
    expect(await stored()).toMatchObject({ state: 'planning', agreed: null, trial: { state: 'failed' } });
    expect(chat.replies.join('\n')).toMatch(/ditunda|uji coba/iu);
    expect((await ticket()).status).not.toBe('scheduled');
    expect(await outcome(book(SECOND)(office.clock.now()))).toBe('trial-not-passed');
    expect((await letters()).map(({ state }) => state)).toEqual(['signed', 'signed', 'signed']);
  });

  it('is agreed anew once the hindrance is solved, with letters that follow the first ones', async () => {
    const solved = { id, remark: 'Perangkat diganti.', actor: people.agent };
    await does((now) => solveHindrance(office.services, { ...solved, now }));
    await does(book(SECOND));
    chat.expectReply(/17 Maret 2026/u);
    const renewed = await letters();
    expect(renewed.map(({ state, startsAt }) => [state, startsAt])).toEqual(
      KINDS.map(() => ['draft', SECOND]),
    );
    const before = await letters({ open: false, state: 'signed' });
    expect(before).toHaveLength(3);
    for (const [index, { body }] of renewed.entries()) {
      expect(body).toContain(`Menyusul Nota Dinas nomor ${before[index]!.number}`);
      expect(body).toContain('Jadwal semula, Kamis, 12 Maret 2026, tidak berlaku lagi.');
    }
    await signAll();
    const numbers = (await letters()).map(({ number }) => number);
    expect(numbers).toEqual(['ND-2/PK.15/2026', 'ND-3/PK.1/2026', 'ND-4/PK.1/2026']);
  });

  it('takes place after a trial that passed', async () => {
    const { services } = office;
    await office.until(wib('2026-03-16T09:00'));
    await does((now) => noteTrial(services, { id, result: 'passed', actor: agent(), now }));
    const consultantId = people.member.staffId;
    await does((now) => assignConsultant(services, { id, consultantId, actor: agent(), now }));
    await office.until(new Date(SECOND.getTime() + 60_000));
    expect((await stored()).state).toBe('under-way');
    await office.until(wib('2026-03-17T11:05'));
    expect((await stored()).state).toBe('over');
  });

  it('is documented: the consultant’s report is the BAK, which goes to the user by e-mail (R-B6)', async () => {
    const report = { id, answer: ANSWER, legalBasis: [], recordingUrl: 'https://rekaman.contoh.go.id/1' };
    await does((now) => reportAppointment(office.services, { ...report, actor: people.member, now }));
    await office.time(120);
    expect((await stored()).state).toBe('done');
    expect((await ticket()).status).toBe('resolved');
    const minutes = await office.services.models.minutes.find({ ticketId: (await ticket())._id }).lean();
    expect(minutes).toHaveLength(1);
    expect(
      office.mails.filter(({ subject }) => subject.includes(minutes[0]!.number)).map(({ to }) => to),
    ).toEqual(['sari@contoh.go.id']);
    chat.expectReply(/BAK-\d{6}/u);
  });
});
