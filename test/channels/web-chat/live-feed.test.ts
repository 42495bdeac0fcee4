import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveFeed, type LiveFeed } from '../../../src/channels/web-chat/live-feed.js';
import type { ChatLine, WebChatPorts } from '../../../src/channels/web-chat/types.js';
import type { Viewer } from '../../../src/channels/web-chat/visitor-view.js';
import { createFakeOffice, type FakeOffice } from './fake-office.js';

const ADDRESS = 'a'.repeat(64);

let office: FakeOffice;
let feed: LiveFeed;
let failing: boolean;
let reads: number;

beforeEach(() => {
  vi.useFakeTimers();
  office = createFakeOffice();
  [failing, reads] = [false, 0];
  const history: WebChatPorts['history'] = (address, page) => {
    reads += 1;
    return failing ? Promise.reject(new Error('away')) : office.ports.history(address, page);
  };
  feed = createLiveFeed({ ...office.ports, history });
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

function watch(after?: string): { texts: string[]; states: string[]; close: () => void } {
  const seen = { texts: [] as string[], states: [] as string[] };
  const viewer: Viewer = {
    line: ({ content }) => seen.texts.push('text' in content ? content.text : content.kind),
    state: (id, state) => seen.states.push(`${id} ${state}`),
    ping: () => undefined,
    end: () => undefined,
  };
  return { ...seen, close: feed.open(ADDRESS, after, viewer) };
}

const say = (text: string): ChatLine => office.say(ADDRESS, { kind: 'text', text });
const settle = async (): Promise<void> => {
  for (let index = 0; index < 50; index += 1) await Promise.resolve();
};

describe('live feed', () => {
  it('looks again at the next ping when the store did not answer', async () => {
    say('satu');
    const page = watch();
    await settle();
    failing = true;
    say('dua');
    await settle();
    expect(page.texts).toEqual(['satu']);
    failing = false;
    vi.advanceTimersByTime(20_000);
    await settle();
    expect(page.texts).toEqual(['satu', 'dua']);
  });

  it('reads once or twice for a burst, and shows each line once', async () => {
    say('satu');
    const page = watch();
    await settle();
    reads = 0;
    for (let index = 0; index < 20; index += 1) say(`gelembung ${index}`);
    await settle();
    expect(page.texts).toHaveLength(21);
    expect(reads).toBeLessThanOrEqual(2);
  });

  it('fills a gap of more lines than it reads at once', async () => {
    say('satu');
    const page = watch();
    await settle();
    failing = true;
    for (let index = 0; index < 130; index += 1) say(`pesan ${index}`);
    await settle();
    failing = false;
    say('terakhir');
    await settle();
    expect(page.texts).toHaveLength(132);
    expect(page.texts.at(-1)).toBe('terakhir');
  });

  it('tells of states of own messages only, each change once', async () => {
    await office.inbox.receive({
      channel: 'web-chat',
      account: 'web',
      address: ADDRESS,
      providerId: 'p',
      sentAt: office.clock.now(),
      content: { kind: 'text', text: 'Halo' },
    });
    const answer = say('Selamat pagi');
    const page = watch();
    await settle();
    const own = office.lines(ADDRESS)[0]!;
    office.setState(ADDRESS, own.id, 'delivered');
    office.setState(ADDRESS, answer.id, 'read');
    await settle();
    office.setState(ADDRESS, own.id, 'delivered');
    await settle();
    expect(page.states).toEqual([`${own.id} delivered`]);
  });

  it('forgets a visitor whose last page is closed', async () => {
    say('satu');
    const [one, other] = [watch(), watch()];
    await settle();
    expect(feed.openCount(ADDRESS)).toBe(2);
    one.close();
    other.close();
    expect(feed.openCount(ADDRESS)).toBe(0);
    reads = 0;
    say('dua');
    await settle();
    expect(reads).toBe(0);
    expect(one.texts).toEqual(['satu']);
  });
});
