import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  getEscalation,
  listTicketEscalations,
  openEscalationFile,
} from '../../../src/services/escalations/get-escalation.js';
import { listDesk, listDeskUnits, type DeskView } from '../../../src/services/escalations/list-desk.js';
import { nextUnitWatch, watchUnits } from '../../../src/services/escalations/watch-units.js';
import { nextUnitNotice } from '../../../src/services/escalations/notice-time.js';
import {
  claimCard,
  nextCard,
  releaseCard,
  staleCards,
} from '../../../src/services/escalations/escalation-cards.js';
import { storeFile } from '../../../src/services/files/store-file.js';
import type { Actor } from '../../../src/services/service-context.js';
import {
  addCast,
  bringTo,
  escalateSample,
  OTHER_UNIT,
  outcome,
  step,
  UNIT,
  type Cast,
} from '../../support/escalations.js';
import { PDF } from '../../support/files.js';
import { createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let cast: Cast;

beforeAll(async () => {
  test = await createTestServices();
  cast = await addCast(test.services);
});
afterAll(() => test.close());

const now = MONDAY_MORNING;

describe('the unit desk', () => {
  const pages = async (actor: Actor, view: DeskView, unitCode?: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listDesk(test.services, { actor, view, unitCode, cursor, limit: 2, now });
      ids.push(...page.items.map(({ id }) => id));
      if (page.next === null) return ids;
      cursor = page.next;
    }
  };

  it('shows each view page by page, what falls due first first, and each line once', async () => {
    const made = [];
    for (const state of ['sent', 'claimed', 'asking', 'submitted'] as const) {
      made.push((await bringTo(test.services, cast, state)).escalation);
    }
    const [sent, claimed, asking, submitted] = made.map(({ _id }) => _id) as [string, string, string, string];
    await test.services.models.escalations.updateOne(
      { _id: submitted },
      { $set: { dueAt: new Date('2026-03-03T17:00:00+07:00') } },
    );
    const { escalation } = await escalateSample(test.services, cast);
    await step(test.services, escalation._id, cast.member, { step: 'pass-on' });
    expect(await pages(cast.member, 'open')).toEqual([submitted, sent, claimed, asking]);
    expect(await pages(cast.member, 'claimed')).toEqual([claimed]);
    expect(await pages(cast.member, 'mine')).toEqual([submitted, claimed, asking]);
    expect(await pages(cast.colleague, 'mine')).toEqual([]);
    expect(await pages(cast.supervisor, 'open')).toEqual([submitted, sent, claimed, asking, escalation._id]);
    expect(await pages(cast.supervisor, 'open', OTHER_UNIT)).toEqual([escalation._id]);
    await step(test.services, claimed, cast.member, { step: 'decline' }, new Date(now.getTime() + 1000));
    await step(test.services, sent, cast.agent, { step: 'withdraw' }, new Date(now.getTime() + 2000));
    expect(await pages(cast.member, 'closed')).toEqual([sent, claimed]);
  });

  it('is for the contact centre, the unit and its acting deputy (R-E3)', async () => {
    const { escalation } = await escalateSample(test.services, cast);
    const read = async (actor: Actor): Promise<string[]> =>
      Promise.all([
        outcome(getEscalation(test.services, { id: escalation._id, actor, now })),
        outcome(listDesk(test.services, { actor, view: 'open', unitCode: UNIT, limit: 5, now })),
      ]);
    expect(await read(cast.otherAgent)).toEqual(['done', 'done']);
    expect(await read(cast.colleague)).toEqual(['done', 'done']);
    expect(await read(cast.stranger)).toEqual(['not-allowed', 'not-allowed']);
    await test.services.models.units.updateOne(
      { _id: UNIT },
      { $set: { deputyId: cast.stranger.staffId, headAwayUntil: '2026-03-02' } },
    );
    expect(await read(cast.stranger)).toEqual(['done', 'done']);
    const { items } = await listDeskUnits(test.services, { actor: cast.stranger, now });
    expect(items.map(({ code }) => code)).toEqual([OTHER_UNIT, UNIT]);
    await test.services.models.units.updateOne({ _id: UNIT }, { $set: { headAwayUntil: null } });
    await test.services.models.staff.updateOne({ _id: cast.colleague.staffId }, { $set: { active: false } });
    expect(await read(cast.colleague)).toEqual(['not-allowed', 'not-allowed']);
  });

  it('opens the files of an escalation, and no others', async () => {
    const stored = { content: PDF, name: 'surat.pdf', conversationId: null, now };
    const { fileId } = await storeFile(test.services, stored);
    const { fileId: foreign } = await storeFile(test.services, { ...stored, name: 'lain.pdf' });
    const { escalation } = await escalateSample(test.services, cast);
    await step(test.services, escalation._id, cast.member, { step: 'answer', fileIds: [fileId] });
    const open = async (id: string): Promise<string> =>
      outcome(openEscalationFile(test.services, { id: escalation._id, fileId: id, actor: cast.member, now }));
    expect([await open(fileId), await open(foreign)]).toEqual(['done', 'not-found']);
  });

  it('lists the escalations of a ticket, newest first, with no address of the user', async () => {
    const { ticket, escalation } = await escalateSample(test.services, cast);
    const { items } = await listTicketEscalations(test.services, {
      number: ticket.number,
      actor: cast.agent,
      now,
    });
    expect(items).toMatchObject([
      { id: escalation._id, allowed: ['withdraw'], asker: { name: 'Sari Contoh' } },
    ]);
    expect(JSON.stringify(items)).not.toContain('sari@contoh.go.id');
  });
});

describe('a unit that does not react', () => {
  it('is reminded after four working hours, then the supervisor is told; each once', async () => {
    const { models, changes } = test.services;
    await models.escalations.updateMany({}, { $set: { nextNoticeAt: null } });
    const { escalation, ticket } = await escalateSample(test.services, cast);
    const heard: string[] = [];
    const stop = changes.subscribe(({ topic, id }) => heard.push(`${topic}:${id}`));
    // 10.00 and four hours with the lunch break between.
    expect(await nextUnitWatch(test.services)).toEqual(new Date('2026-03-02T15:00:00+07:00'));
    await watchUnits(test.services, new Date('2026-03-02T14:59:00+07:00'));
    expect(heard).toEqual([]);
    for (const time of ['2026-03-02T15:00', '2026-03-02T15:01', '2026-03-03T10:00', '2026-03-03T16:00']) {
      await Promise.all([1, 2].map(() => watchUnits(test.services, new Date(`${time}:00+07:00`))));
    }
    stop();
    expect(heard).toEqual([`escalation:${escalation._id}`, `escalation:${escalation._id}`]);
    const facts = await models.serviceEvents.find({ ticketId: ticket._id, name: /^unit-/ }).lean();
    expect(facts.map(({ name }) => name)).toEqual(['unit-reminded', 'unit-silent']);
    expect(await nextUnitWatch(test.services)).toBeUndefined();
  });

  it('is never reminded at night, not even by a job that comes late', async () => {
    const { escalation } = await escalateSample(test.services, cast);
    await watchUnits(test.services, new Date('2026-03-02T22:00:00+07:00'));
    const waiting = await test.services.models.escalations.findById(escalation._id).lean();
    expect(waiting).toMatchObject({ reminders: 0, nextNoticeAt: new Date('2026-03-03T08:00:00+07:00') });
    const { calendar } = test.services.reference;
    // Friday 15.00: two hours are left; Monday's first two follow.
    expect(nextUnitNotice(calendar, new Date('2026-03-06T15:00:00+07:00'))).toEqual(
      new Date('2026-03-09T10:00:00+07:00'),
    );
  });

  it('is not meant while the user has to answer', async () => {
    const { escalation } = await bringTo(test.services, cast, 'asking');
    expect(escalation.nextNoticeAt).toBeNull();
  });
});

describe('cards', () => {
  it('are stale after every step, until one process has shown them', async () => {
    const { models } = test.services;
    await models.escalations.updateMany({}, { $set: { nextCardAt: null } });
    const { escalation } = await escalateSample(test.services, cast);
    const [stale] = await staleCards(test.services, now, 10);
    expect(stale).toMatchObject({ _id: escalation._id, version: 1 });
    const claimed = await claimCard(test.services, stale!, now);
    expect(await claimCard(test.services, stale!, now)).toBeNull();
    const later = new Date(now.getTime() + 1000);
    await step(test.services, escalation._id, cast.member, { step: 'claim' }, later);
    await releaseCard(test.services, claimed!, null);
    const [again] = await staleCards(test.services, later, 10);
    expect(again).toMatchObject({ _id: escalation._id, version: 2 });
    await releaseCard(test.services, (await claimCard(test.services, again!, later))!, null);
    expect(await nextCard(test.services)).toBeUndefined();
  });
});
