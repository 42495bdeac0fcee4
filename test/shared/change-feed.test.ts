import { describe, expect, it } from 'vitest';
import { createChangeFeed } from '../../src/shared/change-feed.js';

const change = (id: string) => ({ topic: 'ticket' as const, id });

describe('the change feed', () => {
  it('tells every listener each later change, in order', () => {
    const feed = createChangeFeed('a');
    const heard: string[] = [];
    feed.publish(change('before'));
    const stop = feed.subscribe(({ id }) => heard.push(id));
    feed.publish(change('1'));
    feed.publish(change('2'));
    stop();
    feed.publish(change('after'));
    expect(heard).toEqual(['1', '2']);
  });

  it('repeats what a reader missed', () => {
    const feed = createChangeFeed('a');
    feed.publish(change('1'));
    const cursor = feed.cursor;
    expect(feed.since(cursor)).toEqual([]);
    feed.publish(change('2'));
    feed.publish(change('3'));
    expect(feed.since(cursor)?.map(({ id }) => id)).toEqual(['2', '3']);
  });

  it.each(['b-1', 'a-99', 'a-x', '', 'nonsense', 'a--1'])(
    'does not pretend to know the cursor %j',
    (cursor) => {
      const feed = createChangeFeed('a');
      feed.publish(change('1'));
      expect(feed.since(cursor)).toBeUndefined();
    },
  );

  it('says so when a reader was away longer than it remembers', () => {
    const feed = createChangeFeed('a');
    const start = feed.cursor;
    for (let number = 0; number < 10_000; number += 1) feed.publish(change(String(number)));
    expect(feed.since(start)).toBeUndefined();
    const missed = feed.since('a-9000');
    expect(missed?.length).toBe(1_000);
    expect(missed?.[0]?.id).toBe('9000');
  });
});
