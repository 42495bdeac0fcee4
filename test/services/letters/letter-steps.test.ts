import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficialLetter, Post } from '../../../src/models/official-letter.js';
import { LETTER_STEPS, type LetterStep } from '../../../src/services/letters/letter-steps.js';
import { ROUTES } from '../../../src/services/letters/routes.js';
import { takeLetterStep } from '../../../src/services/letters/take-letter-step.js';
import { outcome } from '../../support/escalations.js';
import {
  addSecretariat,
  agreedConference,
  bringLetter,
  letterStep,
  openLetter,
  type Secretariat,
} from '../../support/letters.js';
import { createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let people: Secretariat;
let template: { unit: OfficialLetter; regional: OfficialLetter };

beforeAll(async () => {
  test = await createTestServices();
  people = await addSecretariat(test.services);
  const { services } = test;
  template = {
    unit: await openLetter(services, await agreedConference(services)),
    regional: await openLetter(
      services,
      await agreedConference(services, 'video-network'),
      'network-regional',
    ),
  };
});
afterAll(() => test.close());

/** A letter of its own that stands as told. */
async function letterAt(
  from: OfficialLetter,
  state: OfficialLetter['state'],
  turn: Post | null,
): Promise<OfficialLetter> {
  const { newId, models } = test.services;
  const station = Math.max(
    0,
    from.route.findIndex(({ post }) => post === turn),
  );
  const open = state !== 'withdrawn';
  // Kept apart from the others of its appointment, as after a move.
  const letter = { ...from, _id: newId(), state, turn, station, open: false };
  await models.officialLetters.create(letter);
  return { ...letter, open };
}

type Who = keyof Secretariat;
const EVERYBODY: readonly Who[] = [
  ...(['pelaksana-msklip', 'kasubbag-msklip', 'kabag-hkk', 'sesditjen'] as const),
  ...(['agent', 'supervisor', 'member', 'stranger'] as const),
];

/** By state and turn: who may do what. Written down here apart from the services. */
type Expected = Partial<Record<Who, readonly LetterStep[]>>;
const WITH_TYPIST: Expected = {
  'pelaksana-msklip': ['edit', 'submit', 'withdraw'],
  supervisor: ['withdraw'],
};
const OPENED = { supervisor: ['withdraw'] } as const;
const UNIT: readonly [OfficialLetter['state'], Post | null, Expected][] = [
  ['draft', 'pelaksana-msklip', WITH_TYPIST],
  ['circulating', 'kasubbag-msklip', { ...OPENED, 'kasubbag-msklip': ['initial', 'return'] }],
  ['circulating', 'kabag-hkk', { ...OPENED, 'kabag-hkk': ['sign', 'return'] }],
  ['signed', null, {}],
  ['withdrawn', null, {}],
];
const REGIONAL: typeof UNIT = [
  ['draft', 'pelaksana-msklip', WITH_TYPIST],
  ['circulating', 'kasubbag-msklip', { ...OPENED, 'kasubbag-msklip': ['initial', 'return'] }],
  ['circulating', 'kabag-hkk', { ...OPENED, 'kabag-hkk': ['initial', 'return'] }],
  ['circulating', 'sesditjen', { ...OPENED, sesditjen: ['sign', 'return'] }],
  ['signed', null, {}],
  ['withdrawn', null, {}],
];

describe.each([
  ['the letter to the unit (R-B4)', 'unit', UNIT],
  ['a letter of Sesditjen (R-B5)', 'regional', REGIONAL],
] as const)('%s', (_name, which, table) => {
  it.each(table)('%s, turn of %s: everybody does what the table says', async (state, turn, expected) => {
    const done: string[] = [];
    for (const who of EVERYBODY) {
      for (const step of LETTER_STEPS) {
        const letter = await letterAt(template[which], state, turn);
        const result = await outcome(letterStep(test.services, letter._id, people[who], { step }));
        if (result === 'done') done.push(`${who} ${step}`);
        else expect(['not-allowed', 'step-not-possible', 'not-found'], `${who} ${step}`).toContain(result);
      }
    }
    const wanted = Object.entries(expected).flatMap(([who, steps]) => steps.map((step) => `${who} ${step}`));
    expect(done.sort()).toEqual(wanted.sort());
  });
});

it('has the ways of R-B4 and R-B5', () => {
  const way = (kind: keyof typeof ROUTES): string =>
    ROUTES[kind].map(({ post, act }) => `${post} ${act}`).join(', ');
  const byKabag = 'pelaksana-msklip type, kasubbag-msklip initial, kabag-hkk sign';
  const bySesditjen = 'pelaksana-msklip type, kasubbag-msklip initial, kabag-hkk initial, sesditjen sign';
  expect(way('unit')).toBe(byKabag);
  expect(way('network-secretary')).toBe(byKabag);
  expect(way('network-systems')).toBe(bySesditjen);
  expect(way('network-regional')).toBe(bySesditjen);
});

describe('a step', () => {
  it('that goes back or withdraws says why, and an edit brings its text', async () => {
    const { services } = test;
    const { _id } = await letterAt(template.unit, 'circulating', 'kasubbag-msklip');
    const kasubbag = people['kasubbag-msklip'];
    expect(await outcome(letterStep(services, _id, kasubbag, { step: 'return', remark: '  ' }))).toBe(
      'reason-missing',
    );
    const draft = await letterAt(template.unit, 'draft', 'pelaksana-msklip');
    const typist = people['pelaksana-msklip'];
    const edit = { step: 'edit', text: undefined } as const;
    expect(await outcome(letterStep(services, draft._id, typist, edit))).toBe('invalid-input');
    expect(
      await outcome(letterStep(services, draft._id, people.supervisor, { step: 'withdraw', remark: '' })),
    ).toBe('reason-missing');
  });

  it('at a version that is no more is refused, and pressed twice is one', async () => {
    const { services } = test;
    const { _id, version } = await letterAt(template.unit, 'draft', 'pelaksana-msklip');
    const typist = people['pelaksana-msklip'];
    const submit = { id: _id, actor: typist, step: 'submit', version, now: MONDAY_MORNING } as const;
    const after = await takeLetterStep(services, submit);
    expect((await takeLetterStep(services, submit)).version).toBe(after.version);
    const stale = { ...submit, actor: people['kasubbag-msklip'], step: 'initial' } as const;
    expect(await outcome(takeLetterStep(services, stale))).toBe('letter-changed');
  });

  it('of three posts climbs; a return brings it to the typist with the remark, and initials count anew', async () => {
    const { services } = test;
    const { _id } = await letterAt(template.unit, 'draft', 'pelaksana-msklip');
    const atKabag = await bringLetter(services, people, { ...template.unit, _id }, 'kabag-hkk');
    expect(atKabag).toMatchObject({ state: 'circulating', station: 2, turn: 'kabag-hkk' });
    const back = await letterStep(services, _id, people['kabag-hkk'], {
      step: 'return',
      remark: 'Sebut ruangnya.',
    });
    expect(back).toMatchObject({ state: 'draft', station: 0, turn: 'pelaksana-msklip' });
    expect(back.thread.at(-1)).toMatchObject({
      step: 'return',
      remark: 'Sebut ruangnya.',
      post: 'kabag-hkk',
    });
    await letterStep(services, _id, people['pelaksana-msklip'], { step: 'edit' });
    const again = await letterStep(services, _id, people['pelaksana-msklip'], { step: 'submit' });
    expect(again).toMatchObject({ turn: 'kasubbag-msklip', subject: 'Hal contoh', body: 'Isi contoh.' });
  });

  it('of a hundred at once happens once: everybody else hears that the letter has changed', async () => {
    const { services } = test;
    const { _id, version } = await letterAt(template.unit, 'circulating', 'kasubbag-msklip');
    const actor = people['kasubbag-msklip'];
    const steps = Array.from({ length: 100 }, (_, index) =>
      outcome(
        takeLetterStep(services, {
          ...{ id: _id, actor, version, now: MONDAY_MORNING },
          ...(index % 2 === 0 ? { step: 'initial' } : { step: 'return', remark: 'Mohon diperiksa.' }),
        }),
      ),
    );
    await Promise.all(steps);
    const letter = (await services.models.officialLetters.findById(_id).lean())!;
    expect(letter.version).toBe(version + 1);
    expect(letter.thread).toHaveLength(template.unit.thread.length + 1);
  });
});
