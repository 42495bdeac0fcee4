import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bakContentHash } from '../../../src/documents/bak/bak-content-hash.js';
import type { BakFacts, BakSession } from '../../../src/documents/bak/bak-data.js';
import { bak, facts, visit } from './sample-bak.js';

describe('the fingerprint of a BAK', () => {
  it('is the SHA-256 of the facts as JSON with sorted keys, which anyone can compute again', () => {
    const sorted = (value: unknown): unknown => {
      if (value instanceof Date || value === null || typeof value !== 'object' || Array.isArray(value))
        return value;
      return Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      );
    };
    const again = createHash('sha256')
      .update(JSON.stringify(sorted(facts)))
      .digest('hex');
    expect(bakContentHash(facts)).toBe(again);
  });

  it('does not depend on the order of keys, on absent values, or on how the document is checked', () => {
    const reversed = Object.fromEntries(Object.entries(facts).reverse()) as unknown as BakFacts;
    expect(bakContentHash(reversed)).toBe(bakContentHash(facts));
    const { phone, ...user } = facts.user;
    expect(phone).toBeDefined();
    expect(bakContentHash({ ...facts, user })).toBe(
      bakContentHash({ ...facts, user: { ...user, phone: undefined } }),
    );
    const moved = { ...bak(), verificationUrl: 'https://baru.contoh.go.id', verificationCode: 'LAIN' };
    expect(bakContentHash(moved)).toBe(bakContentHash(facts));
  });

  it('covers all of the session (R-B6, R-C8), and is what it was where there is none', () => {
    const hash = bakContentHash({ ...facts, session: visit });
    const others: Partial<BakSession>[] = [
      { kind: 'video-network' },
      { startsAt: visit.endsAt },
      { endsAt: visit.startsAt },
      { place: 'Lain' },
      { link: 'https://teams.example/l/1' },
      { recordingUrl: 'https://rekaman.example/1' },
      { guests: [] },
    ];
    expect(new Set(others.flatMap((other) => Object.keys(other))).size).toBe(7);
    for (const other of others)
      expect(bakContentHash({ ...facts, session: { ...visit, ...other } })).not.toBe(hash);
    expect(bakContentHash({ ...facts, session: undefined })).toBe(bakContentHash(facts));
  });

  const changes: Partial<BakFacts>[] = [
    { number: 'BAK-000124/DJPK/2026' },
    { revision: 1 },
    { issuedAt: new Date('2026-03-05T16:20:01+07:00') },
    { ticketNumber: 'DJPK-2026-000124' },
    { channel: 'WhatsApp' },
    { user: { ...facts.user, name: 'Sari Lain' } },
    { user: { ...facts.user, email: undefined } },
    { officer: { ...facts.officer, unit: 'Lain' } },
    { topic: 'Dana Desa' },
    { session: { ...visit, startsAt: visit.endsAt } },
    { receivedAt: new Date('2026-03-02T10:00:01+07:00') },
    { answeredAt: new Date('2026-03-05T15:56:00+07:00') },
    { question: 'Lain' },
    { attachments: [] },
    { answer: 'Lain' },
    { legalBasis: [] },
  ];

  it.each(changes)('changes with every fact: %j', (change) => {
    expect(bakContentHash({ ...facts, ...change })).not.toBe(bakContentHash(facts));
  });

  it('covers every fact there is', () => {
    const covered = new Set(changes.flatMap((change) => Object.keys(change)));
    expect([...covered].sort()).toEqual([...Object.keys(facts), 'session'].sort());
  });
});
