import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ChannelError, type Channel } from '../../src/conversation/channel.js';
import type { Engine } from '../../src/conversation/engine.js';
import { tellStaff } from '../../src/conversation/tell-staff.js';
import type { UnitBoard } from '../../src/conversation/unit-board.js';
import type { Actor } from '../../src/services/service-context.js';
import { createOffice, type Office } from '../support/conversation.js';

let office: Office;
let budi: Actor;
let engine: Engine;
let said: string[];
let failure: ChannelError | undefined;
beforeAll(async () => {
  office = await createOffice();
  budi = await office.agent('budi', 'unit-member');
  await office.services.models.staff.updateOne({ _id: budi.staffId }, { $set: { directoryId: 'aad-budi' } });
  const board: Partial<UnitBoard> = {
    tellPerson: (person, text) => {
      if (failure) return Promise.reject(failure);
      said.push(`${person}: ${text}`);
      return Promise.resolve();
    },
  };
  const teams = { name: 'teams', account: 'app', board } as Channel;
  engine = { ...office.engine, channels: new Map([...office.engine.channels, ['teams', teams]]) };
});
afterAll(() => office.close());
beforeEach(() => {
  said = [];
  failure = undefined;
});

const mails = (key: string) => office.services.models.mails.find({ key: `staff:${key}` }).lean();

it('somebody of the office is told by e-mail and in their own chat, once under one key', async () => {
  const text = 'Tamu sudah tiba.\nRuang VC lantai 3';
  await Promise.all([1, 2, 3].map(() => tellStaff(engine, budi.staffId, text, 'call-1')));
  expect(said).toEqual([`aad-budi: ${text}`]);
  expect(await mails('call-1')).toMatchObject([
    {
      ...{ to: 'budi@contoh.go.id', subject: 'Tamu sudah tiba.' },
      text: expect.stringContaining(`Yth. budi Contoh,\n\n${text}`) as string,
    },
  ]);
});

it('a chat that cannot be reached is left to the e-mail', async () => {
  failure = new ChannelError('recipient-unreachable', true);
  await tellStaff(engine, budi.staffId, 'Tamu sudah tiba.', 'call-2');
  expect(await mails('call-2')).toHaveLength(1);
});

it('without Teams, and without an address, what there is is used', async () => {
  await tellStaff(office.engine, budi.staffId, 'Tamu sudah tiba.', 'call-3');
  expect(await mails('call-3')).toHaveLength(1);
  await office.services.models.staff.updateOne({ _id: budi.staffId }, { $set: { email: null } });
  await tellStaff(engine, budi.staffId, 'Tamu sudah tiba.', 'call-4');
  expect(await mails('call-4')).toHaveLength(0);
  expect(said).toHaveLength(1);
});

it('whoever works here no more is told nothing', async () => {
  await office.services.models.staff.updateOne({ _id: budi.staffId }, { $set: { active: false } });
  await tellStaff(engine, budi.staffId, 'Tamu sudah tiba.', 'call-5');
  await tellStaff(engine, 'nobody', 'Tamu sudah tiba.', 'call-6');
  expect(said).toEqual([]);
  expect([...(await mails('call-5')), ...(await mails('call-6'))]).toEqual([]);
});
