import { AdaptiveCard, SerializationContext, ValidationEvent, Version } from 'adaptivecards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardNode } from '../../../src/documents/unit-card/card-data.js';
import { escalationCard, readCardStep } from '../../../src/services/escalations/escalation-card.js';
import type { EscalationView } from '../../../src/services/escalations/escalation-view.js';
import { getEscalation } from '../../../src/services/escalations/get-escalation.js';
import type { Actor } from '../../../src/services/service-context.js';
import { addCast, bringTo, escalateSample, step, UNIT, type Cast } from '../../support/escalations.js';
import { createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let cast: Cast;
const views = new Map<string, EscalationView>();

const viewFor = async (id: string, actor: Actor): Promise<EscalationView> =>
  getEscalation(test.services, { id, actor, now: MONDAY_MORNING });

beforeAll(async () => {
  test = await createTestServices();
  cast = await addCast(test.services);
  for (const state of ['sent', 'claimed', 'asking', 'submitted'] as const) {
    const { escalation } = await bringTo(test.services, cast, state);
    views.set(state, await viewFor(escalation._id, cast.head));
  }
  for (const [state, name] of [
    ['approved', 'approve'],
    ['declined', 'decline'],
  ] as const) {
    const { escalation } = await bringTo(test.services, cast, 'submitted');
    await step(test.services, escalation._id, cast.head, { step: name, text: 'Catatan contoh.' });
    views.set(state, await viewFor(escalation._id, cast.head));
  }
  const { escalation } = await escalateSample(test.services, cast);
  await step(test.services, escalation._id, cast.agent, { step: 'withdraw' });
  views.set('withdrawn', await viewFor(escalation._id, cast.head));
});
afterAll(() => test.close());

const cardOf = async (view: EscalationView, reader: 'channel' | 'person' = 'channel'): Promise<CardNode> =>
  escalationCard(test.services, view, { language: 'id', reader });

/** What the renderer of the console, which is Microsoft's own, finds wrong with it. */
function problems(card: CardNode): string[] {
  const context = new SerializationContext(new Version(1, 5));
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const found = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  const invalid = parsed.validateProperties().validationEvents;
  return [...found, ...invalid].map(({ event, message }) => `${ValidationEvent[event]}: ${message}`);
}

const nodes = (node: unknown): CardNode[] =>
  Array.isArray(node)
    ? node.flatMap(nodes)
    : typeof node === 'object' && node !== null
      ? [node as CardNode, ...Object.values(node).flatMap(nodes)]
      : [];

const verbs = (card: CardNode): unknown[] =>
  nodes(card).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [verb] : []));

const words = (card: CardNode): string =>
  nodes(card)
    .flatMap(({ type, text }) => (type === 'TextRun' ? [String(text)] : []))
    .join('\n');

describe('the card of an escalation', () => {
  it('is a valid Adaptive Card 1.5 in every state, small enough for Teams', async () => {
    expect(views.size).toBe(7);
    for (const [state, view] of views) {
      const card = await cardOf(view);
      expect({ state, problems: problems(card) }).toEqual({ state, problems: [] });
      expect(JSON.stringify(card).length, state).toBeLessThan(28_000);
    }
  });

  it('is found wrong when it is', async () => {
    const card = await cardOf(views.get('sent')!);
    expect(problems({ ...card, body: [{ type: 'RichTextBlok' }] })).not.toEqual([]);
  });

  it('offers in a channel what is possible, and after the end nothing', async () => {
    const offered = Object.fromEntries(
      await Promise.all([...views].map(async ([state, view]) => [state, verbs(await cardOf(view))] as const)),
    );
    expect(offered).toEqual({
      sent: ['claim', 'answer', 'ask-user', 'pass-on', 'decline'],
      claimed: ['answer', 'ask-user', 'pass-on', 'decline'],
      asking: ['answer', 'pass-on', 'decline'],
      submitted: ['approve', 'return', 'answer', 'pass-on', 'decline'],
      ...{ approved: [], declined: [], withdrawn: [] },
    });
  });

  it('offers one reader only what they may do', async () => {
    const view = views.get('submitted')!;
    expect(verbs(await cardOf(await viewFor(view.id, cast.colleague), 'person'))).toEqual([]);
    expect(verbs(await cardOf(await viewFor(view.id, cast.member), 'person'))).toEqual(['answer']);
    expect(verbs(await cardOf(view, 'person'))).toContain('approve');
  });

  it('shows what happened, who did it and when', async () => {
    const said = words(await cardOf(views.get('approved')!));
    expect(said).toMatch(/Disetujui/);
    expect(said).toMatch(/2 Maret 2026 pukul 10\.00 WIB andi Contoh menjawab/);
    expect(said).toMatch(/hari Contoh menyetujui jawaban/);
    expect(said).toMatch(/Catatan contoh\./);
    expect(said).toMatch(/Peraturan Contoh Nomor 1/);
  });

  it('knows no markup in what people wrote, and cuts what is too long for a card', async () => {
    const view = { ...views.get('submitted')!, summary: '[klik](http://jahat.example) **tebal**' };
    const long = {
      ...view,
      question: 'Panjang. '.repeat(2_000),
      answer: { ...view.answer!, text: 'x'.repeat(20_000) },
    };
    const card = await cardOf(long);
    expect(problems(card)).toEqual([]);
    expect(JSON.stringify(card).length).toBeLessThan(28_000);
    const longest = { ...long, answer: { ...view.answer!, text: 'x'.repeat(3_970) } };
    expect(JSON.stringify(await cardOf(longest)).length).toBeLessThan(28_000);
    expect(words(card)).toContain('[klik](http://jahat.example)');
    expect(nodes(card).filter(({ type }) => type === 'TextBlock' || type === 'FactSet')).toEqual([]);
    expect(words(card)).toContain('Selengkapnya di Meja unit.');
  });

  it('carries what was shown, and is read back as the step it asks for', async () => {
    const view = views.get('submitted')!;
    const card = await cardOf(view);
    const approve = nodes(card).find(({ verb }) => verb === 'approve')!;
    const data = approve.data as Record<string, unknown>;
    expect(data).toEqual({ v: 1, kind: 'escalation', id: view.id, version: view.version, step: 'approve' });
    const filled = {
      ...data,
      'approve.text': 'Jawaban.',
      'approve.legalBasis': 'Satu\nDua',
      'return.text': 'x',
    };
    expect(readCardStep(filled)).toEqual({
      ...{ id: view.id, version: view.version, step: 'approve', text: 'Jawaban.' },
      ...{ legalBasis: ['Satu', 'Dua'], toUnitCode: undefined },
    });
    expect(readCardStep({ v: 1, kind: 'visit' })).toBeUndefined();
    for (const wrong of [{ step: 'withdraw' }, { id: 7 }, { version: '1' }]) {
      expect(() => readCardStep({ ...data, ...wrong })).toThrow('invalid-input');
    }
  });

  it('names every other unit to pass it on to', async () => {
    const card = await cardOf(views.get('sent')!);
    const choices = nodes(card).find(({ id }) => id === 'pass-on.toUnitCode')!.choices as { value: string }[];
    expect(choices).toHaveLength(6);
    expect(choices.map(({ value }) => value)).not.toContain(UNIT);
  });
});
