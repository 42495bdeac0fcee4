import { expect, it } from 'vitest';
import type { Channel } from '../../../src/conversation/channel.js';
import { createEngine } from '../../../src/conversation/engine.js';
import { receiveMessage } from '../../../src/conversation/receive-message.js';
import { recoverInbox, retryOutbox } from '../../../src/conversation/sweep.js';
import type { ChannelName } from '../../../src/shared/channel-name.js';
import { seededRandom } from '../../../src/shared/ids.js';
import { createTestServices } from '../../support/services.js';
import { recordingDialogs } from '../../conversation/recording-dialog.js';
import { NUMBER, startNumber, type Number } from './number.js';

/** WHATSAPP_SOAK=500 is the full one; WHATSAPP_SOAK_SEED tells one run from another. */
const MESSAGES = Number.parseInt(process.env.WHATSAPP_SOAK ?? '40', 10);
const SEED = Number.parseInt(process.env.WHATSAPP_SOAK_SEED ?? '1', 10);
const PEOPLE = 5;
/** One message in so many comes with a fault. */
const FAULT_EVERY = 6;
/** So many messages may be under way before more are sent. */
const UNDER_WAY = 6;
/** At six seconds each they outlast the longest wait before another attempt. */
const MOST_SWEEPS = 1_000;

it(
  `${MESSAGES} messages and their answers: none is lost and none is given twice, whatever breaks (seed ${SEED})`,
  { timeout: 60_000 + MESSAGES * 3_000 },
  async () => {
    const random = seededRandom(SEED);
    const home = await createTestServices({ seed: SEED });
    const { services, clock } = home;
    const channels = new Map<ChannelName, Channel>();
    const engine = createEngine({ services, clock, channels, dialogs: recordingDialogs(), owner: 'soak' });
    const number = await startNumber({
      home: { models: services.models, clock },
      receive: (message) => receiveMessage(engine, message),
      // Short pauses and short waits: what is long would have to be waited for.
      ports: () => ({ random: () => random() * 0.05 }),
    });
    channels.set('whatsapp', number.channel);
    const { server } = number;
    const people = [
      number.user,
      ...Array.from({ length: PEOPLE - 1 }, (_, index) =>
        server.addUser(`62812000010${index}`, `70000000001${index}`, `Orang ${index}`),
      ),
    ];
    const said = new Map(people.map((person) => [person, [] as { id: string; text: string }[]]));
    const received = (): number => engine.counts.received.get('whatsapp') ?? 0;
    const answers = (): number => people.reduce((sum, person) => sum + new Set(person.texts).size, 0);
    try {
      await number.up();
      for (let sent = 1; sent <= MESSAGES; sent += 1) {
        const person = people[Math.floor(random() * PEOPLE)]!;
        const text = `pesan ${sent}`;
        const id = await person.text(NUMBER, text, { via: random() < 0.5 ? 'pn' : 'lid' });
        said.get(person)!.push({ id, text });
        if (random() < 1 / FAULT_EVERY) {
          await breakSomething(number, random());
          channels.set('whatsapp', number.channel);
        }
        // Answers leave while questions come, as the sweeps of the service see to it.
        number.time.advance(1_000);
        await retryOutbox(engine, clock.now());
        await server.changes.until(
          () => received() > sent - UNDER_WAY,
          `message ${sent - UNDER_WAY}`,
          60_000,
        );
      }
      await server.changes.until(() => received() === MESSAGES, 'the last message', 60_000);
      await engine.queue.idle();
      for (let round = 0; answers() < MESSAGES; round += 1) {
        expect(round, 'sweeps until the last answer').toBeLessThan(MOST_SWEEPS);
        expect(await services.models.messages.distinct('delivery.state')).not.toContain('failed');
        await number.up();
        number.time.advance(6_000);
        await recoverInbox(engine, clock.now(), 0);
        await retryOutbox(engine, clock.now());
        await engine.queue.idle();
      }
      // What a phone was asked to send again, because a session broke with the line, comes later than it was written.
      const again = new Set(
        server.sentByClient('receipt').flatMap(({ attrs }) => (attrs.type === 'retry' ? [attrs.id] : [])),
      );
      for (const person of people) {
        // In the order in which they came, also those that the phone could read only when they came again.
        const textOf = new Map(person.received.map(({ id, text }) => [id, text]));
        const arrived = [...new Set(person.copies.map(({ id }) => id))];
        const answered = arrived.map((id) => (textOf.get(id) ?? '').split(': '));
        expect(answered.map(([count]) => Number(count))).toEqual(answered.map((_, index) => index + 1));
        const written = said.get(person)!;
        const texts = answered.map(([, text]) => text);
        expect(texts.toSorted()).toEqual(written.map(({ text }) => text).toSorted());
        const late = new Set(written.flatMap(({ id, text }) => (again.has(id) ? [text] : [])));
        const inTime = (text: string | undefined): boolean => !late.has(text ?? '');
        expect(texts.filter(inTime)).toEqual(written.map(({ text }) => text).filter(inTime));
      }
      expect(again.size).toBeLessThan(MESSAGES / 4);
      expect(await services.models.messages.countDocuments({ direction: 'in' })).toBe(MESSAGES);
      expect(server.logins).toBeGreaterThan(MESSAGES / FAULT_EVERY / 3);
    } finally {
      await engine.queue.idle();
      await number.close();
      await home.close();
    }
  },
);

async function breakSomething(number: Number, kind: number): Promise<void> {
  const { server } = number;
  if (kind < 0.25) server.drop(number.device());
  else if (kind < 0.5) server.faults.dropBeforeReceipt += 1;
  else if (kind < 0.75) server.faults.dropBeforeAck += 1;
  else if (kind < 0.85) server.streamError(number.device(), kind < 0.8 ? '503' : '515');
  else if (kind < 0.95) number.user.failDecrypt += 1;
  else {
    await number.restart();
    await number.up();
  }
}
