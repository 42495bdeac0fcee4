import type { EscalationStepName, StepRequest } from '../api/types/escalations.js';

/** What a card's action asks for, as the server takes it; undefined for an action that is not one of ours. */
export function readStep(data: Readonly<Record<string, unknown>>): StepRequest | undefined {
  const { kind, step, version } = data;
  if (kind !== 'escalation' || typeof step !== 'string' || typeof version !== 'number') return undefined;
  const field = (name: string): string | undefined => {
    const value = data[`${step}.${name}`];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const text = field('text');
  const basis = field('legalBasis');
  const toUnitCode = field('toUnitCode');
  return {
    // The server knows which steps there are, and refuses others.
    ...{ step: step as EscalationStepName, version },
    ...(text === undefined ? {} : { text }),
    ...(basis === undefined ? {} : { legalBasis: linesOf(basis) }),
    ...(toUnitCode === undefined ? {} : { toUnitCode }),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
