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
import type { Actor } from '../../src/services/service-context.js';
import { saveUnit } from '../../src/services/settings/save-unit.js';
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
let admin: Actor;
let board: FakeBoard;
let engine: Engine;

beforeAll(async () => {
  office = await createOffice();
  cast = await addCast(office.services);
  admin = await addStaff(office.services, 'lina', 'administrator');
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
  readonly shut = new Set<string>();
  whilePosting: (() => Promise<void>) | undefined;

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
  tellPerson = () => Promise.resolve();
  listen = () => undefined;

  /** What stands in a channel or a chat, as text. */
  faces(where: string): string[] {
    return [...this.cards.values()]
      .filter((shown) => shown.in === where)
      .map(({ card }) => JSON.stringify(card));
  }

  private async place(where: string, card: AdaptiveCard): Promise<PostedCard> {
    if (this.fails) throw this.fails;
    if (this.shut.has(where)) throw new ChannelError('bot-not-in-team', true);
    await this.whilePosting?.();
    this.posts += 1;
    const activityId = `card-${this.posts}`;
    this.cards.set(activityId, { in: where, card });
    return { conversationId: `thread-${office.services.newId()}`, activityId, serviceUrl: 's' };
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

  it('shows a unit that passed it on nothing of what the other does, not even late, nor to its head (R-E3)', async () => {
    await findColleague(office.services, { directoryId: 'aad-head', email: 'head@contoh.go.id' });
    const { escalation } = await bringTo(office.services, cast, 'submitted');
    await show();
    await take(escalation._id, cast.head, 'pass-on');
    const secret = { step: 'answer' as const, text: 'Jawaban unit lain.' };
    await step(office.services, escalation._id, cast.stranger, secret, office.clock.now());
    await show();
    for (const where of [`channel-${UNIT}`, 'aad-head']) {
      expect(board.faces(where)).toEqual([expect.stringMatching(/meneruskan ke unit lain/)]);
      expect(board.faces(where)[0]).not.toMatch(/Jawaban unit lain|joko|"step":/);
    }
    expect(board.faces(`channel-${OTHER_UNIT}`)).toEqual([expect.stringMatching(/Jawaban unit lain/)]);
  });

  it('moves to the channel that an administrator chose anew; the old card keeps no button', async () => {
    const { units } = office.services.models;
    const { escalation } = await escalateSample(office.services, cast);
    await show();
    await units.updateOne({ _id: UNIT }, { $set: { teamsChannel: channelOf('moved') } });
    await office.services.models.escalations.updateOne(
      { _id: escalation._id },
      { $set: { nextCardAt: office.clock.now() } },
    );
    await show();
    await units.updateOne({ _id: UNIT }, { $set: { teamsChannel: channelOf(UNIT) } });
    expect(board.faces(`channel-${UNIT}`)[0]).not.toContain('"step":');
    expect(board.faces('channel-moved')).toEqual([expect.stringContaining('"step":"claim"')]);
  });

  it('is laid before the deputy once the head is away, and the head keeps no button (R-A5)', async () => {
    const { units } = office.services.models;
    for (const who of ['head', 'deputy']) {
      await findColleague(office.services, { directoryId: `aad-${who}`, email: `${who}@contoh.go.id` });
    }
    await bringTo(office.services, cast, 'submitted');
    await show();
    expect(board.faces('aad-deputy')).toEqual([]);
    const unit = (await units.findById(UNIT).lean())!;
    const now = office.clock.now();
    await saveUnit(office.services, { actor: admin, unit: { ...unit, headAwayUntil: '2026-12-31' }, now });
    await show();
    await show();
    await units.updateOne({ _id: UNIT }, { $set: { headAwayUntil: null } });
    expect(board.faces('aad-deputy')).toEqual([expect.stringContaining('"step":"approve"')]);
    expect(board.faces('aad-head')).toEqual([expect.not.stringContaining('"step":')]);
  });

  it('reaches the head although the channel is shut', async () => {
    await findColleague(office.services, { directoryId: 'aad-head', email: 'head@contoh.go.id' });
    const { escalation } = await bringTo(office.services, cast, 'submitted');
    board.shut.add(`channel-${UNIT}`);
    await show();
    expect(board.faces('aad-head')).toEqual([expect.stringContaining('"step":"approve"')]);
    expect((await stored(escalation._id)).card).toMatchObject({ thread: null, reason: 'bot-not-in-team' });
  });

  it('is posted once although a step comes while another process posts it', async () => {
    const { escalation } = await escalateSample(office.services, cast);
    board.whilePosting = async () => {
      board.whilePosting = undefined;
      await take(escalation._id, cast.member, 'claim');
      await show();
    };
    await show();
    await show();
    expect(board.posts).toBe(1);
    expect(board.faces(`channel-${UNIT}`)[0]).toMatch(/Sedang dikerjakan/);
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
    expect(await press({ ...nobody, email: null }, other._id, 'claim')).toMatchObject({
      text: expect.stringMatching(/coba lagi sebentar lagi/) as string,
    });
    expect(await press(person('member'), other._id, 'claim', { kind: 'survey' })).toMatchObject({
      text: expect.stringMatching(/tidak dipakai/) as string,
    });
    expect((await stored(other._id)).state).toBe('claimed');
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

  it('under an answer that waits for approval is no new answer: "setuju" of the head would go to the user', async () => {
    const { escalation } = await bringTo(office.services, cast, 'submitted');
    await show();
    const { thread } = (await stored(escalation._id)).card!;
    const desk = createUnitDesk(engine, board);
    const agreed = reply(thread!, { activityId: 'reply-3', text: 'Setuju, terima kasih.' });
    expect(await desk.reply({ ...agreed, person: person('head') })).toBe(true);
    expect(await desk.reply({ ...agreed, activityId: 'reply-4' })).toBe(true);
    expect(board.said).toEqual(Array(2).fill(expect.stringMatching(/tidak dicatat sebagai jawaban/)));
    expect(await stored(escalation._id)).toMatchObject({
      ...{ version: escalation.version, answer: { text: 'Sebuah teks contoh.' } },
    });
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
