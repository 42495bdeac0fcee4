import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError, type Channel } from '../../src/conversation/channel.js';
import type { Engine } from '../../src/conversation/engine.js';
import { showUnitCards } from '../../src/conversation/show-unit-cards.js';
import type {
  AdaptiveCard,
  BoardPerson,
  PostedCard,
  ThreadReply,
  UnitBoard,
} from '../../src/conversation/unit-board.js';
import { chooseUnitChannel } from '../../src/conversation/unit-channels.js';
import { createUnitDesk } from '../../src/conversation/unit-desk.js';
import type { Escalation } from '../../src/models/escalation.js';
import { findColleague } from '../../src/services/staff/find-colleague.js';
import { updateStaff } from '../../src/services/staff/update-staff.js';
import type { Actor } from '../../src/services/service-context.js';
import { storeFile } from '../../src/services/files/store-file.js';
import { createOffice, type Office } from '../support/conversation.js';
import {
  addCast,
  bringTo,
  escalateSample,
  OTHER_UNIT,
  outcome,
  step,
  UNIT,
  type Cast,
} from '../support/escalations.js';
import { PDF } from '../support/files.js';
import { addStaff } from '../support/services.js';

let office: Office;
let cast: Cast;
let board: FakeBoard;
let engine: Engine;

beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  const { units, staff } = office.services.models;
  for (const unit of [UNIT, OTHER_UNIT]) {
    await units.updateOne({ _id: unit }, { $set: { teamsChannel: channelOf(unit) } });
  }
  for (const [name, actor] of Object.entries(cast) as [string, Actor][]) {
    await staff.updateOne({ _id: actor.staffId }, { $set: { email: `${name}@contoh.go.id` } });
  }
});
afterAll(() => office.close());

beforeEach(async () => {
  await office.services.models.escalations.updateMany({}, { $set: { nextCardAt: null } });
  board = new FakeBoard();
  const teams: Channel = {
    ...{
      name: 'teams',
      account: 'app',
      board,
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
    ...{ send: () => Promise.resolve('sent'), health: () => ({ state: 'up' }) },
    capabilities: [...office.engine.channels.values()][0]!.capabilities,
  };
  engine = { ...office.engine, channels: new Map([...office.engine.channels, ['teams', teams]]) };
});

const channelOf = (unit: string) => ({
  ...{ teamId: `team-${unit}`, channelId: `channel-${unit}` },
  ...{ serviceUrl: 'https://teams.example', tenantId: 'tenant' },
});

/** A platform that shows the latest face of each card. */
class FakeBoard implements UnitBoard {
  readonly cards = new Map<string, { in: string; card: AdaptiveCard }>();
  readonly said: string[] = [];
  posts = 0;
  fails: ChannelError | undefined;

  post({ channelId }: { channelId: string }, card: AdaptiveCard): Promise<PostedCard> {
    return this.place(channelId, card);
  }

  sendToPerson(aadObjectId: string, card: AdaptiveCard): Promise<PostedCard> {
    return this.place(aadObjectId, card);
  }

  update({ activityId }: PostedCard, card: AdaptiveCard): Promise<void> {
    const shown = this.cards.get(activityId);
    if (this.fails) return Promise.reject(this.fails);
    if (!shown) return Promise.reject(new ChannelError('gone', true));
    this.cards.set(activityId, { ...shown, card });
    return Promise.resolve();
  }

  reply(_posted: PostedCard, text: string): Promise<string> {
    if (this.fails) return Promise.reject(this.fails);
    this.said.push(text);
    return Promise.resolve(`said-${this.said.length}`);
  }

  channels = () =>
    Promise.resolve([
      { ...channelOf(OTHER_UNIT), teamName: 'Dana Desa', channelName: 'Konsultasi' },
      { ...channelOf('new'), teamName: null, channelName: null },
    ]);
  listen = () => undefined;
  health = () => ({ state: 'up' as const });

  /** What stands in a channel or a chat, as text. */
  faces(where: string): string[] {
    return [...this.cards.values()]
      .filter((shown) => shown.in === where)
      .map(({ card }) => JSON.stringify(card));
  }

  private place(where: string, card: AdaptiveCard): Promise<PostedCard> {
    if (this.fails) return Promise.reject(this.fails);
    this.posts += 1;
    const activityId = `card-${this.posts}`;
    this.cards.set(activityId, { in: where, card });
    return Promise.resolve({
      conversationId: `thread-${office.services.newId()}`,
      activityId,
      serviceUrl: 's',
    });
  }
}

const show = (now = office.clock.now()): Promise<void> => showUnitCards(engine, now);
const stored = async (id: string): Promise<Escalation> =>
  (await office.services.models.escalations.findById(id).lean())!;
const take = (id: string, actor: Actor, name: Parameters<typeof step>[3]['step']) =>
  step(office.services, id, actor, { step: name }, office.clock.now());

let presses = 0;
const person = (name: keyof Cast): BoardPerson => ({
  ...{ aadObjectId: `aad-${name}`, name, email: `${name}@Contoh.go.id` },
});
async function press(who: BoardPerson, id: string, name: string, more: object = {}, activityId?: string) {
  presses += 1;
  const { version } = await stored(id);
  const data = { v: 1 as const, kind: 'escalation', id, version, step: name, ...more };
  const posted = { conversationId: 'c', activityId: 'a', serviceUrl: 's' };
  const at = office.clock.now();
  const press = { activityId: activityId ?? `press-${presses}`, at, posted, person: who, data };
  return createUnitDesk(engine, board).act(press);
}

describe('the card of an escalation in Teams (R-A5)', () => {
  it('is posted once in the channel of the unit, and shows every step in place', async () => {
    const { escalation } = await escalateSample(office.services, cast);
    await show();
    await show();
    expect(board.posts).toBe(1);
    expect(board.faces(`channel-${UNIT}`)[0]).toMatch(/Menunggu diambil/);
    await take(escalation._id, cast.member, 'claim');
    await show();
    expect(board.posts).toBe(1);
    expect(board.faces(`channel-${UNIT}`)[0]).toMatch(/Sedang dikerjakan.*andi/);
    expect(board.said).toEqual([]);
  });

  it('is posted once by two processes at the same time', async () => {
    await escalateSample(office.services, cast);
    await Promise.all([show(), show(), show(), show()]);
    expect(board.posts).toBe(1);
  });

  it('tells the thread what waits for somebody, once', async () => {
    const { escalation } = await bringTo(office.services, cast, 'claimed');
    await show();
    await take(escalation._id, cast.member, 'answer');
    await show();
    await take(escalation._id, cast.head, 'return');
    await show();
    await office.services.models.escalations.updateOne(
      { _id: escalation._id },
      { $set: { reminders: 1, nextCardAt: office.clock.now() } },
    );
    await show();
    await show();
    expect(board.said).toEqual([
      expect.stringMatching(/Jawaban dari andi.* menunggu persetujuan/),
      expect.stringMatching(/hari.* mengembalikan jawaban/),
      expect.stringMatching(/Mohon ditindaklanjuti/),
    ]);
  });

  it('lays an answer before the head in their own chat, and a new one anew; the old card keeps no button', async () => {
    await findColleague(office.services, { directoryId: 'aad-head', email: 'head@contoh.go.id' });
    const { escalation } = await bringTo(office.services, cast, 'submitted');
    await show();
    expect(board.faces('aad-head')).toEqual([expect.stringContaining('"step":"approve"')]);
    await take(escalation._id, cast.head, 'return');
    await take(escalation._id, cast.member, 'answer');
    await show();
    const [old, current] = board.faces('aad-head');
    expect(old).not.toContain('"step":');
    expect(current).toContain('"step":"approve"');
    await take(escalation._id, cast.head, 'approve');
    await show();
    expect(board.faces('aad-head')[1]).toMatch(/Disetujui/);
    expect(board.faces('aad-head')[1]).not.toContain('"step":');
  });

  it('leaves a unit that passes it on with a card without buttons, and appears at the other', async () => {
    const { escalation } = await bringTo(office.services, cast, 'claimed');
    await show();
    await take(escalation._id, cast.member, 'pass-on');
    await show();
    expect(board.faces(`channel-${UNIT}`)[0]).not.toContain('"step":');
    expect(board.faces(`channel-${OTHER_UNIT}`)).toEqual([expect.stringContaining('"step":"claim"')]);
  });

  it('that the platform refuses for now is shown later; one that it lost is posted anew', async () => {
    const { escalation } = await escalateSample(office.services, cast);
    board.fails = new ChannelError('teams-503', false, 120_000);
    await show();
    const failed = await stored(escalation._id);
    expect(failed.card).toMatchObject({ thread: null, failures: 1, reason: 'teams-503' });
    expect(failed.nextCardAt).toEqual(new Date(office.clock.now().getTime() + 120_000));
    board.fails = undefined;
    await show(failed.nextCardAt!);
    expect((await stored(escalation._id)).card).toMatchObject({ failures: 0, reason: null });
    board.cards.clear();
    await take(escalation._id, cast.member, 'claim');
    await show();
    expect(board.faces(`channel-${UNIT}`)).toEqual([expect.stringMatching(/Sedang dikerjakan/)]);
  });

  it('that cannot be posted at all says why, and the next step tries again', async () => {
    const { escalation } = await escalateSample(office.services, cast);
    board.fails = new ChannelError('bot-not-in-team', true);
    await show();
    const refused = await stored(escalation._id);
    expect(refused).toMatchObject({ nextCardAt: null, card: { reason: 'bot-not-in-team' } });
    board.fails = undefined;
    await take(escalation._id, cast.member, 'claim');
    await show();
    expect(board.posts).toBe(1);
  });
});

describe('a button of the card', () => {
  it('is a step of the colleague with that e-mail address, who is then known whatever the address', async () => {
    const { escalation } = await escalateSample(office.services, cast);
    const answer = await press(person('colleague'), escalation._id, 'claim');
    expect(answer).toMatchObject({ kind: 'card' });
    expect(await stored(escalation._id)).toMatchObject({
      state: 'claimed',
      assigneeId: cast.colleague.staffId,
    });
    const form = {
      'answer.text': 'Disalurkan bulan Maret.',
      'answer.legalBasis': 'PMK Contoh 1\nPMK Contoh 2',
    };
    await press({ ...person('colleague'), email: null }, escalation._id, 'answer', form);
    expect((await stored(escalation._id)).answer).toMatchObject({
      text: 'Disalurkan bulan Maret.',
      legalBasis: ['PMK Contoh 1', 'PMK Contoh 2'],
    });
  });

  it('that Teams delivers again is pressed once', async () => {
    const { escalation } = await bringTo(office.services, cast, 'claimed');
    const twice = () => press(person('member'), escalation._id, 'answer', { 'answer.text': 'Ya.' }, 'same');
    await Promise.all([twice(), twice(), twice()]);
    expect((await stored(escalation._id)).thread.filter((entry) => entry.step === 'answer')).toHaveLength(1);
  });

  it('says who was faster, what is missing, and to strangers that they are not known', async () => {
    const { escalation } = await bringTo(office.services, cast, 'submitted');
    await take(escalation._id, cast.head, 'approve');
    const late = await press(person('head'), escalation._id, 'return', { 'return.text': 'Perbaiki.' });
    expect(late).toMatchObject({ kind: 'message', text: expect.stringMatching(/hari/) as string });
    const { escalation: other } = await bringTo(office.services, cast, 'claimed');
    expect(await press(person('member'), other._id, 'answer')).toMatchObject({ kind: 'message' });
    const nobody = { aadObjectId: 'aad-x', name: 'X', email: 'x@contoh.go.id' };
    expect(await press(nobody, other._id, 'claim')).toMatchObject({
      text: expect.stringMatching(/belum dikenal/) as string,
    });
    expect(await press(person('member'), other._id, 'claim', { kind: 'survey' })).toMatchObject({
      text: expect.stringMatching(/tidak dipakai/) as string,
    });
    expect((await stored(other._id)).state).toBe('claimed');
  });
});

describe('a colleague in Teams', () => {
  it('is nobody where two accounts share the address, and another one after the address changed', async () => {
    const { services, clock } = office;
    const admin = await addStaff(services, 'nina', 'administrator');
    const [one, two] = [await addStaff(services, 'tari', 'agent'), await addStaff(services, 'tono', 'agent')];
    const change = (staffId: string, email: string) =>
      updateStaff(services, { actor: admin, staffId, changes: { email }, now: clock.now() });
    await change(one.staffId, 'Bersama@contoh.go.id');
    await change(two.staffId, 'bersama@contoh.go.id');
    const shared = { directoryId: 'aad-shared', email: 'bersama@contoh.go.id' };
    expect(await findColleague(services, shared)).toBeUndefined();
    await change(two.staffId, 'tono@contoh.go.id');
    expect(await findColleague(services, shared)).toMatchObject({ staffId: one.staffId });
    await change(one.staffId, 'tari@contoh.go.id');
    expect(await findColleague(services, shared)).toBeUndefined();
  });
});

describe('what is written in the thread', () => {
  const reply = (posted: PostedCard, more: Partial<ThreadReply>): ThreadReply => ({
    ...{ activityId: 'reply-1', at: office.clock.now(), posted, person: person('member') },
    ...{ text: '', files: [], missingFiles: [], ...more },
  });

  it('is an answer with its legal basis and files, once however often it is delivered', async () => {
    const { escalation } = await bringTo(office.services, cast, 'claimed');
    await show();
    const { thread } = (await stored(escalation._id)).card!;
    const file = await storeFile(office.services, {
      ...{ content: PDF, name: 'lampiran.pdf', conversationId: null, now: office.clock.now() },
    });
    const text = 'Tahap I disalurkan Maret.\n\nDasar hukum:\n- PMK Contoh 1\n2. PMK Contoh 2';
    const written = reply(thread!, { text, files: [file], missingFiles: ['video.mp4'] });
    const desk = createUnitDesk(engine, board);
    expect(await desk.reply(written)).toBe(true);
    expect(await desk.reply(written)).toBe(true);
    const { state, answer, thread: steps } = await stored(escalation._id);
    expect({ state, ...answer }).toMatchObject({
      ...{ state: 'submitted', text: 'Tahap I disalurkan Maret.', files: [{ name: 'lampiran.pdf' }] },
      legalBasis: ['PMK Contoh 1', 'PMK Contoh 2'],
    });
    expect(steps.filter((entry) => entry.step === 'answer')).toHaveLength(1);
    expect(board.said[0]).toMatch(/andi.* dicatat.*video\.mp4/);
  });

  it('elsewhere is none of ours; without words it is told how to answer', async () => {
    const desk = createUnitDesk(engine, board);
    const elsewhere = { conversationId: 'elsewhere', activityId: 'a', serviceUrl: 's' };
    expect(await desk.reply(reply(elsewhere, { text: 'halo' }))).toBe(false);
    const { escalation } = await bringTo(office.services, cast, 'claimed');
    await show();
    const { thread } = (await stored(escalation._id)).card!;
    expect(await desk.reply(reply(thread!, { activityId: 'reply-2' }))).toBe(true);
    expect(board.said).toEqual([expect.stringMatching(/Tuliskan jawabannya/)]);
    expect((await stored(escalation._id)).state).toBe('claimed');
  });
});

describe('the channel of a unit', () => {
  it('is chosen by an administrator among those that Microsoft has named; what is open appears there', async () => {
    const { services, clock } = office;
    const admin = await addStaff(services, 'lina', 'administrator');
    const choose = (channelId: string | null, actor = admin) =>
      chooseUnitChannel(engine, { actor, unitCode: UNIT, channelId, now: clock.now() });
    await choose(null);
    await services.models.escalations.updateMany({}, { $set: { open: false } });
    const { escalation } = await escalateSample(services, cast);
    await show();
    expect((await stored(escalation._id)).card?.thread ?? null).toBeNull();
    expect(await outcome(choose('channel-of-nobody'))).toBe('invalid-input');
    expect(await outcome(choose('channel-new', cast.supervisor))).toBe('not-allowed');
    expect(await choose('channel-new')).toMatchObject({ teamsChannel: channelOf('new') });
    await show();
    expect(board.faces('channel-new')).toEqual([expect.stringMatching(/Menunggu diambil/)]);
    expect(await services.models.auditEntries.countDocuments({ action: 'unit.choose-channel' })).toBe(2);
  });
});
