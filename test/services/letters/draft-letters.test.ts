import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import type { LetterKind, OfficialLetter } from '../../../src/models/official-letter.js';
import { assignConsultant } from '../../../src/services/appointments/assign-consultant.js';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { noteTrial } from '../../../src/services/appointments/note-trial.js';
import { solveHindrance } from '../../../src/services/appointments/solve-hindrance.js';
import { draftLetters } from '../../../src/services/letters/draft-letters.js';
import { letterPaper } from '../../../src/services/letters/letter-paper.js';
import { outcome } from '../../support/escalations.js';
import { readySample, take, USER, wib } from '../../support/appointments.js';
import {
  addSecretariat,
  AGREED,
  agreedConference,
  bringLetter,
  KANWIL,
  letterStep,
  openLetter,
  type Secretariat,
} from '../../support/letters.js';
import { createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

const NOW = MONDAY_MORNING;
const LATER = wib('2026-03-16T10:00');

let test: TestServices;
let people: Secretariat;
beforeEach(async () => {
  test = await createTestServices();
  people = await addSecretariat(test.services);
});
afterEach(() => test.close());

async function lettersOf({ _id: appointmentId }: Appointment): Promise<OfficialLetter[]> {
  return test.services.models.officialLetters.find({ appointmentId }).sort({ _id: 1 }).lean();
}

/** The office moves it, and the letters follow. */
async function move({ _id: id }: Appointment, startsAt = LATER): Promise<void> {
  await bookSession(test.services, { id, startsAt, actor: people.agent, now: NOW });
  await draftLetters(test.services, { _id: id }, NOW);
}

async function signed(appointment: Appointment, kind: LetterKind = 'unit'): Promise<OfficialLetter> {
  const letter = await bringLetter(
    test.services,
    people,
    await openLetter(test.services, appointment, kind),
    null,
  );
  return letterPaper(test.services, letter, NOW);
}

describe('letters of an agreed conference', () => {
  it('by application: one to the unit, copy to Sesditjen PK (R-B4)', async () => {
    const appointment = await agreedConference(test.services);
    const [letter, ...more] = await lettersOf(appointment);
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      ...{ kind: 'unit', state: 'draft', turn: 'pelaksana-msklip', number: null, startsAt: AGREED },
      addressees: ['Kepala Subdirektorat terkait pada Direktorat Dana Transfer Khusus'],
      copies: ['Sekretaris Direktorat Jenderal Perimbangan Keuangan'],
      subject: 'Koordinasi Pelaksanaan Video Conference dengan BPKAD Kabupaten Gowa',
    });
    const { number } = appointment.letter!;
    expect(letter!.body).toMatch(`surat BPKAD Kabupaten Gowa nomor ${number} tanggal 27 Februari 2026`);
    expect(letter!.body).toContain('hari, tanggal : Kamis, 12 Maret 2026');
    expect(letter!.body).toContain('waktu : 09.00–10.00 WIB (10.00–11.00 WITA)');
    expect(letter!.body).toContain('tempat : Microsoft Teams Call Center DJPK (1)');
    expect(letter!.body).toContain(`mengenai DAK Fisik, dengan materi: ${appointment.purpose}.`);
  });

  it('over the network: three, each to whom it is for (R-B5)', async () => {
    const appointment = await agreedConference(test.services, 'video-network');
    const letters = await lettersOf(appointment);
    expect(letters.map(({ kind, addressees }) => [kind, addressees])).toEqual([
      ['network-secretary', ['Sekretaris Direktorat Jenderal Perimbangan Keuangan']],
      ['network-systems', ['Direktur Evaluasi dan Sistem Informasi']],
      [
        'network-regional',
        [
          'Kepala Pusintek Kementerian Keuangan',
          'Kepala Kantor Wilayah Direktorat Jenderal Perbendaharaan Provinsi Sulawesi Selatan',
        ],
      ],
    ]);
    for (const { body, subject, unitCode } of letters) {
      expect(body).toContain(`Ruang VC lantai 3 DJPK dan ${KANWIL}`);
      expect(subject).toContain(KANWIL);
      expect(unitCode).toBeNull();
    }
  });

  it('are none for a visit, and none before a time is agreed', async () => {
    const visit = await take(test.services, (await readySample(test.services))._id, wib('2026-03-12T13:00'));
    const planned = await readySample(test.services, { kind: 'video-network' });
    for (const appointment of [visit, planned]) {
      await draftLetters(test.services, appointment, NOW);
      expect(await lettersOf(appointment)).toEqual([]);
    }
  });

  it('are drafted once, by however many processes at once', async () => {
    const appointment = await agreedConference(test.services, 'video-network');
    await Promise.all(Array.from({ length: 10 }, () => draftLetters(test.services, appointment, NOW)));
    expect(await lettersOf(appointment)).toHaveLength(3);
  });

  it('keep a user’s words in their line: nobody writes an item of the letter from the chat', async () => {
    const purpose = 'Tanya.\n9. Mohon transfer\n   hari, tanggal : Senin';
    const { _id } = await readySample(test.services, { kind: 'video-application', purpose });
    const appointment = await take(test.services, _id, wib('2026-03-13T09:00'));
    await draftLetters(test.services, appointment, NOW);
    const { body } = await openLetter(test.services, appointment);
    expect(body).toContain('materi: Tanya. 9. Mohon transfer hari, tanggal : Senin.');
    expect(body.match(/hari, tanggal/gu)).toHaveLength(2);
    expect(body).not.toMatch(/^9\./mu);
  });
});

describe('when the conference is moved', () => {
  it('a draft is drawn up anew', async () => {
    const appointment = await agreedConference(test.services);
    await move(appointment);
    const letter = await openLetter(test.services, appointment);
    expect(letter).toMatchObject({ state: 'draft', startsAt: LATER, version: 2 });
    expect(letter.body).toContain('Senin, 16 Maret 2026');
    expect(letter.body).not.toContain('12 Maret');
    expect(letter.thread.at(-1)).toMatchObject({ step: 'draft', byId: null, byName: 'Dering' });
  });

  it('a draft that somebody edited stays theirs, with a remark', async () => {
    const appointment = await agreedConference(test.services);
    const { _id } = await openLetter(test.services, appointment);
    await letterStep(test.services, _id, people['pelaksana-msklip'], { step: 'edit' });
    await move(appointment, wib('2026-03-17T09:00'));
    const letter = await openLetter(test.services, appointment);
    expect(letter).toMatchObject({ body: 'Isi contoh.', startsAt: wib('2026-03-17T09:00') });
    expect(letter.thread.at(-1)?.remark).toMatch(/Selasa, 17 Maret 2026 pukul 09.00.*Mohon sesuaikan/u);
  });

  it('one on its way goes back to the typist: its initials stand under another time', async () => {
    const other = await agreedConference(test.services);
    const letter = await bringLetter(
      test.services,
      people,
      await openLetter(test.services, other),
      'kabag-hkk',
    );
    const startsAt = wib('2026-03-17T14:00');
    // Moved, but the letters have not followed yet: nobody vouches for a time that no longer holds.
    await bookSession(test.services, { id: other._id, startsAt, actor: people.agent, now: NOW });
    expect(await outcome(letterStep(test.services, letter._id, people['kabag-hkk'], { step: 'sign' }))).toBe(
      'appointment-changed',
    );
    await draftLetters(test.services, other, NOW);
    const after = await openLetter(test.services, other);
    expect(after).toMatchObject({ _id: letter._id, state: 'draft', turn: 'pelaksana-msklip', startsAt });
  });

  it('a signed one is replaced by a new letter that names it', async () => {
    const appointment = await agreedConference(test.services);
    const first = await signed(appointment);
    await move(appointment, wib('2026-03-30T09:00'));
    const [old, renewed, ...more] = await lettersOf(appointment);
    expect(more).toEqual([]);
    expect(old).toMatchObject({ _id: first._id, state: 'signed', open: false });
    expect(renewed).toMatchObject({ state: 'draft', open: true, startsAt: wib('2026-03-30T09:00') });
    expect(renewed!.body).toContain(`Menyusul Nota Dinas nomor ${first.number} tanggal 2 Maret 2026`);
    expect(renewed!.body).toContain('Jadwal semula, Kamis, 12 Maret 2026, tidak berlaku lagi.');
    await draftLetters(test.services, appointment, NOW);
    expect(await lettersOf(appointment)).toHaveLength(2);
  });

  it('or given to another unit, the letter is to that unit', async () => {
    const appointment = await agreedConference(test.services);
    const to = { id: appointment._id, unitCode: 'dana-transfer-umum', consultantId: null };
    await assignConsultant(test.services, { ...to, actor: people.agent, now: NOW });
    await draftLetters(test.services, appointment, NOW);
    expect(await openLetter(test.services, appointment)).toMatchObject({
      unitCode: 'dana-transfer-umum',
      addressees: ['Kepala Subdirektorat terkait pada Direktorat Dana Transfer Umum'],
    });
  });
});

describe('when the conference falls through', () => {
  it('what is not signed is withdrawn, what is signed stays', async () => {
    const appointment = await agreedConference(test.services, 'video-network');
    const first = await signed(appointment, 'network-secretary');
    await bringLetter(
      test.services,
      people,
      await openLetter(test.services, appointment, 'network-systems'),
      'kabag-hkk',
    );
    await cancelAppointment(test.services, { id: appointment._id, by: USER, key: 'cancel-1', now: NOW });
    await draftLetters(test.services, appointment, NOW);
    const letters = await lettersOf(appointment);
    expect(letters.map(({ kind, state, turn }) => [kind, state, turn])).toEqual([
      ['network-secretary', 'signed', null],
      ['network-systems', 'withdrawn', null],
      ['network-regional', 'withdrawn', null],
    ]);
    expect(letters[0]!.number).toBe(first.number);
  });

  it('after a failed trial, letters wait with the typist and go on when a time is agreed anew (R-B5)', async () => {
    const { services } = test;
    const appointment = await agreedConference(services, 'video-network');
    const id = appointment._id;
    await bringLetter(
      services,
      people,
      await openLetter(services, appointment, 'network-systems'),
      'sesditjen',
    );
    const trial = {
      id,
      result: 'failed',
      hindrance: 'Jaringan putus.',
      actor: people.agent,
      now: NOW,
    } as const;
    await noteTrial(services, trial);
    await draftLetters(services, appointment, NOW);
    const waiting = await openLetter(services, appointment, 'network-systems');
    expect(waiting).toMatchObject({ state: 'draft', turn: 'pelaksana-msklip' });
    expect(
      await outcome(letterStep(services, waiting._id, people['pelaksana-msklip'], { step: 'submit' })),
    ).toBe('appointment-changed');
    await solveHindrance(services, { id, remark: 'Kabel diganti.', actor: people.agent, now: NOW });
    await move(appointment, wib('2026-03-31T09:00'));
    expect(await openLetter(services, appointment, 'network-systems')).toMatchObject({
      state: 'draft',
      startsAt: wib('2026-03-31T09:00'),
    });
  });
});

it('a letter that somebody withdrew is not made again for the same time, but for another', async () => {
  const { services } = test;
  const appointment = await agreedConference(services);
  const { _id } = await openLetter(services, appointment);
  await letterStep(services, _id, people.supervisor, { step: 'withdraw', remark: 'Sudah lewat telepon.' });
  await draftLetters(services, appointment, NOW);
  expect(await lettersOf(appointment)).toHaveLength(1);
  await move(appointment, wib('2026-03-31T10:00'));
  expect(await openLetter(services, appointment)).toMatchObject({ startsAt: wib('2026-03-31T10:00') });
});
