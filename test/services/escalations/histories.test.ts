import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESCALATION_STATES, type Escalation } from '../../../src/models/escalation.js';
import { decideStep, type StepRequest } from '../../../src/services/escalations/decide-step.js';
import { escalateTicket } from '../../../src/services/escalations/escalate-ticket.js';
import { STEPS, type LaterStep, type Standing } from '../../../src/services/escalations/steps.js';
import { takeStep } from '../../../src/services/escalations/take-step.js';
import type { Actor, ServiceContext } from '../../../src/services/service-context.js';
import { DomainError } from '../../../src/shared/errors.js';
import { createIdGenerator, seededRandom } from '../../../src/shared/ids.js';
import { addCast, escalateSample, outcome, type Cast } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';
import { openSample } from '../../support/tickets.js';

let test: TestServices;
let cast: Cast;
let fresh: Escalation;

beforeAll(async () => {
  test = await createTestServices();
  cast = await addCast(test.services);
  ({ escalation: fresh } = await escalateSample(test.services, cast));
});
afterAll(() => test.close());

const CLOSED = new Set(['approved', 'declined', 'withdrawn']);
const NAMES = Object.keys(STEPS) as LaterStep[];

/** What is true of every escalation, whatever has happened to it. */
function expectSound({ thread, version, state, open, assigneeId, answer, askedEntry }: Escalation): void {
  expect(thread.map(({ n }) => n)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
  expect(ESCALATION_STATES).toContain(state);
  expect(open).toBe(!CLOSED.has(state));
  expect(thread.slice(0, -1).some(({ step }) => ['approve', 'decline', 'withdraw'].includes(step))).toBe(
    false,
  );
  if (open) expect(assigneeId === null).toBe(state === 'sent');
  if (state === 'submitted' || state === 'approved') expect(answer).not.toBeNull();
  if (state === 'asking') expect(thread[(askedEntry ?? 0) - 1]?.step).toBe('ask-user');
  if (!open) expect(askedEntry).toBeNull();
}

const attempt = fc.record({
  step: fc.constantFrom(...NAMES),
  standing: fc.constantFrom<Standing[]>(
    ...([['member'], ['member', 'holder'], ['member', 'holder', 'head'], ['deputy']] as Standing[][]),
    ...([['agent'], ['supervisor'], ['system'], []] as Standing[][]),
  ),
  person: fc.constantFrom('a', 'b', 'c'),
  text: fc.constantFrom('', 'Teks.'),
  stale: fc.boolean(),
});

describe('any sequence of steps', () => {
  it('leaves a legal state and an unbroken history', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 20, maxLength: 80 }), (attempts) => {
        let escalation = fresh;
        for (const { step, standing, person, text, stale } of attempts) {
          const byId = standing.includes('system') ? null : person;
          const request: StepRequest = {
            ...{
              step,
              text,
              version: escalation.version - (stale ? 1 : 0),
              legalBasis: undefined,
              files: [],
            },
            toUnitCode: step === 'pass-on' ? 'dana-desa-insentif-otsus' : undefined,
            ...{ key: undefined, askedEntry: undefined },
          };
          const who = { standings: new Set(standing), hadIt: false, byId, byName: byId ?? 'Dering' };
          const change = decided(escalation, request, who);
          if (!change) continue;
          taken += 1;
          const { entry, set } = change;
          escalation = { ...escalation, ...set, version: entry.n, thread: [...escalation.thread, entry] };
          expectSound(escalation);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(1_000);
  });
});

function decided(
  ...[before, request, who]: Parameters<typeof decideStep> extends [...infer T, Date] ? T : never
) {
  try {
    return decideStep(before, request, who, MONDAY_MORNING);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

describe('twenty agents and five units at one ticket at once', () => {
  it('end in one consistent history', async () => {
    const { services } = test;
    const units = (await services.models.units.find().sort({ _id: 1 }).limit(5).lean()).map(({ _id }) => _id);
    const agents = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        addStaff(services, `petugas-${index}`, index === 0 ? 'supervisor' : 'agent'),
      ),
    );
    const heads = await Promise.all(
      units.map(async (unitCode) => {
        const head = await addStaff(services, `kepala-${unitCode}`, 'head-of-unit', 'unit-member');
        await services.models.staff.updateOne({ _id: head.staffId }, { $set: { unitCode } });
        return head;
      }),
    );
    const { number, _id: ticketId } = await openSample(services);
    const opened = await Promise.all(
      agents.map(async (actor, index) =>
        outcome(
          escalateTicket(processOf(index), {
            number,
            actor,
            summary: '',
            unitCode: units[0],
            now: MONDAY_MORNING,
          }),
        ),
      ),
    );
    expect(opened.filter((code) => code === 'done')).toHaveLength(1);
    const { _id: id } = (await services.models.escalations.findOne({ ticketId }).lean())!;
    const random = seededRandom(7);
    const plans = [...heads, ...agents].map((actor, index) => ({
      ...{ actor, context: processOf(index) },
      steps: Array.from({ length: index < heads.length ? 40 : 3 }, () => ({
        step: pick(STEPS_BUT_END, random),
        to: pick(units, random),
      })),
    }));
    const codes = await Promise.all(plans.map(async (plan) => press(plan, id)));
    const end = (await services.models.escalations.findById(id).lean())!;
    expectSound(end);
    const done = codes.flat().filter((code) => code === 'done').length;
    // One's own claim again is done without a step.
    expect(end.version).toBeLessThanOrEqual(done + 1);
    // Most presses are refused: only one unit has it at a time.
    expect(end.version).toBeGreaterThan(5);
    expect(codes.flat().filter((code) => code === 'conflict')).toEqual([]);
  });
});

const STEPS_BUT_END = NAMES.filter((name) => !['approve', 'decline', 'withdraw'].includes(name));

interface Plan {
  actor: Actor;
  context: ServiceContext;
  steps: { step: LaterStep; to: string }[];
}

async function press({ actor, context, steps }: Plan, id: string): Promise<string[]> {
  const codes: string[] = [];
  for (const { step, to } of steps) {
    const { version } = (await context.models.escalations.findById(id, { version: 1 }).lean())!;
    const toUnitCode = step === 'pass-on' ? to : undefined;
    const input = { id, actor, step, version, text: 'Teks.', toUnitCode, now: MONDAY_MORNING };
    codes.push(await outcome(takeStep(context, input)));
  }
  return codes;
}

/** Identifiers of another process. */
function processOf(index: number): ServiceContext {
  return { ...test.services, newId: createIdGenerator(test.clock, seededRandom(100 + index)) };
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}
