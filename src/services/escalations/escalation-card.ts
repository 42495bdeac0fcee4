import { CARD_STEPS, type CardNode, type CardStep } from '../../documents/unit-card/card-data.js';
import { unitCard } from '../../documents/unit-card/unit-card.js';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import type { ServiceContext } from '../service-context.js';
import type { EscalationView } from './escalation-view.js';
import { STEPS } from './steps.js';
import type { TakeStepInput } from './take-step.js';

/**
 * The card of an escalation. For one reader it has the buttons of what they may do; for a unit's channel, where anybody may
 * read, those of everything that is possible: who pressed is checked when they press.
 */
export async function escalationCard(
  { models, texts, publicUrl }: ServiceContext,
  view: EscalationView,
  { language, reader }: { language: Language; reader: 'channel' | 'person' },
): Promise<CardNode> {
  const units = await models.units.find({ active: true }, { name: 1 }).lean();
  const steps = CARD_STEPS.filter((step) =>
    reader === 'person' ? view.allowed.includes(step) : isPossible(step, view),
  );
  return unitCard(view, texts.for(language), {
    ...{ language, steps, deskUrl: `${publicUrl}/console/desk/${view.id}` },
    units: units
      .filter(({ _id }) => _id !== view.unit.code)
      .map(({ _id: code, name }) => ({ code, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'id')),
  });
}

function isPossible(step: CardStep, { state, open }: EscalationView): boolean {
  if (!open) return false;
  const allowed = STEPS[step][state as keyof (typeof STEPS)[CardStep]] ?? [];
  // Only a head takes over what a member has; in the channel the button is for what is nobody's.
  return step === 'claim' ? state === 'sent' : allowed.length > 0;
}

/**
 * What a pressed button asks for. The data was on somebody's device: nothing of it is believed unchecked.
 * @returns undefined when it is no card of an escalation
 * @throws DomainError invalid-input when it is one and makes no sense
 */
export function readCardStep(data: Readonly<Record<string, unknown>>): CardStepInput | undefined {
  if (data.kind !== 'escalation' || data.v !== 1) return undefined;
  const step = CARD_STEPS.find((name) => name === data.step);
  const { id, version } = data;
  if (!step || typeof id !== 'string' || typeof version !== 'number') {
    throw new DomainError('invalid-input', { field: 'step' });
  }
  const field = (name: string): string | undefined => {
    const value = data[`${step}.${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  const legalBasis = field('legalBasis')?.split('\n');
  return { id, version, step, text: field('text'), legalBasis, toUnitCode: field('toUnitCode') };
}

type CardStepInput = Pick<TakeStepInput, 'id' | 'version' | 'step' | 'text' | 'legalBasis' | 'toUnitCode'>;
