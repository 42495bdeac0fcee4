import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letterStepAndSettle } from '../../src/conversation/settle-letters.js';
import type { Engine } from '../../src/conversation/engine.js';
import type { OfficialLetter } from '../../src/models/official-letter.js';
import { takeLetterStep } from '../../src/services/letters/take-letter-step.js';
import type { ServiceContext } from '../../src/services/service-context.js';
import { readDocx } from '../documents/nota-dinas/read-docx.js';
import { readPdf } from '../documents/read-pdf.js';
import { createOffice, type Office } from '../support/conversation.js';
import { outcome } from '../support/escalations.js';
import {
  addSecretariat,
  agreedConference,
  bringLetter,
  openLetter,
  type Secretariat,
} from '../support/letters.js';
import { startMortalProcess } from './mortal-process.js';

/** More steps than signing has. */
const MOST_STEPS = 60;

let office: Office;
let people: Secretariat;
let template: OfficialLetter;

beforeAll(async () => {
  office = await createOffice();
  people = await addSecretariat(office.services);
  template = await openLetter(office.services, await agreedConference(office.services));
});
afterAll(() => office.close());

let copied = 0;

/** A letter of its own that waits for Kabag's signature. */
async function beforeSignature(): Promise<OfficialLetter> {
  const { models, newId } = office.services;
  copied += 1;
  const ticketNumber = `DJPK-2026-${900_000 + copied}`;
  await models.officialLetters.create({ ...template, _id: newId(), ticketNumber, open: false });
  const copy = (await models.officialLetters.findOne({ ticketNumber }).lean())!;
  return bringLetter(office.services, people, copy, 'kabag-hkk');
}

async function sign(engine: Engine, { _id: id, version }: OfficialLetter): Promise<OfficialLetter> {
  const actor = people['kabag-hkk'];
  return letterStepAndSettle(engine, { id, actor, step: 'sign', version, now: office.clock.now() });
}

async function stored({ _id }: OfficialLetter): Promise<OfficialLetter> {
  return (await office.services.models.officialLetters.findById(_id).lean())!;
}

async function bytesOf({ models, blobs }: ServiceContext, fileId: string | null): Promise<Buffer> {
  const file = (await models.files.findById(fileId!).lean())!;
  const parts: Buffer[] = [];
  for await (const part of blobs.read(file.sha256)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('signing a letter', () => {
  it('gives it number and date, makes both papers, and tells the unit (R-B4)', async () => {
    const letter = await beforeSignature();
    await sign(office.engine, letter);
    const signed = await stored(letter);
    expect(signed).toMatchObject({ state: 'signed', date: '2026-03-02', turn: null, unsettled: false });
    expect(signed.number).toMatch(/^ND-\d+\/PK\.15\/2026$/u);
    const pdf = readPdf(await bytesOf(office.services, signed.pdfFileId)).pages[0]!.text;
    const docx = (await readDocx(await bytesOf(office.services, signed.docxFileId))).lines.join(' ');
    for (const text of [pdf, docx]) {
      expect(text).toContain(`NOMOR ${signed.number}`);
      expect(text).toContain('Dari : Kepala Bagian Harmonisasi Kebijakan dan Kehumasan');
      expect(text).toContain('Kepala Subbagian MSKLIP');
      expect(text).toContain('kasubbag-msklip Contoh');
      expect(text).toContain('Tembusan: Sekretaris Direktorat Jenderal Perimbangan Keuangan');
    }
    await office.time(60);
    const told = office.mails.filter(({ subject }) => subject.includes(signed.number!));
    expect(told.map(({ to }) => to)).toEqual(['andi@contoh.go.id']);
  });

  it('by two processes at once is one signature and one number', async () => {
    const before = await beforeSignature();
    const other = office.anotherEngine();
    const counter = async (): Promise<number> =>
      (await office.services.models.counters.findById('nota-dinas-PK.15-2026').lean())?.value ?? 0;
    const drawn = await counter();
    const results = await Promise.all([office.engine, other].map((engine) => outcome(sign(engine, before))));
    expect(results).toContain('done');
    expect((await stored(before)).thread.filter(({ step }) => step === 'sign')).toHaveLength(1);
    expect((await stored(before)).number).toMatch(/^ND-\d+\//u);
    expect(await counter()).toBeGreaterThan(drawn);
    const numbers = (await office.services.models.officialLetters.find({ state: 'signed' }).lean()).map(
      (one) => one.number,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('and sending back in the same moment: one of them holds', async () => {
    const before = await beforeSignature();
    const { _id: id, version } = before;
    const actor = people['kabag-hkk'];
    const now = office.clock.now();
    const results = await Promise.all([
      outcome(takeLetterStep(office.services, { id, actor, step: 'sign', version, now })),
      outcome(
        takeLetterStep(office.services, { id, actor, step: 'return', remark: 'Keliru.', version, now }),
      ),
    ]);
    expect(results.sort()).toEqual(['done', 'letter-changed']);
    expect((await stored(before)).version).toBe(version + 1);
  });

  it(
    'in a process that dies at any step: one number, both papers, one line in the audit, one word to the unit',
    { timeout: 240_000 },
    async () => {
      let lifetime = 1;
      for (; lifetime <= MOST_STEPS; lifetime += 1) {
        const letter = await beforeSignature();
        const dying = await startMortalProcess(office, lifetime);
        await sign(dying.engine, letter).catch(() => undefined);
        const { dead } = dying;
        await dying.bury();
        if ((await stored(letter)).state !== 'signed') await sign(office.engine, letter);
        await office.time(90);
        await expectWhole(letter, `after a crash at step ${lifetime}`);
        if (!dead) break;
      }
      expect(lifetime).toBeGreaterThan(10);
      expect(lifetime).toBeLessThanOrEqual(MOST_STEPS);
    },
  );
});

async function expectWhole(letter: OfficialLetter, after: string): Promise<void> {
  const { models } = office.services;
  const signed = await stored(letter);
  expect(signed.number, after).toMatch(/^ND-\d+\/PK\.15\/2026$/u);
  expect(await models.officialLetters.countDocuments({ number: signed.number }), after).toBe(1);
  for (const fileId of [signed.pdfFileId, signed.docxFileId]) {
    expect((await bytesOf(office.services, fileId)).length, after).toBeGreaterThan(1000);
  }
  const { ticketNumber: subject } = letter;
  expect(await models.auditEntries.countDocuments({ subject, action: 'letter.sign' }), after).toBe(1);
  const told = office.mails.filter(({ subject: line }) => line.includes(`${signed.number} `));
  expect(told, after).toHaveLength(1);
  expect(signed.unsettled, after).toBe(false);
}
