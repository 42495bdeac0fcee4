import type { Translate } from '../../shared/i18n.js';
import {
  CARD_STEPS,
  type CardData,
  type CardNode,
  type CardStep,
  type CardStepData,
  type CardUnit,
} from './card-data.js';

interface ActionOptions {
  steps: readonly CardStep[];
  units: readonly CardUnit[];
  /** False where the answer is too long to be edited in a card. */
  editable: boolean;
}

/** One button for each step; where something has to be written it opens a form. */
export function cardActions(data: CardData, t: Translate, options: ActionOptions): CardNode[] {
  return CARD_STEPS.filter((step) => options.steps.includes(step)).map((step) => {
    const press = execute(data, step, t);
    const form = fields(data, step, t, options);
    if (form.length === 0) return press;
    const card = { type: 'AdaptiveCard', body: form, actions: [press] };
    return { type: 'Action.ShowCard', title: t(`unit-card:actions.${step}`), card };
  });
}

/** Clients that do not know Action.Execute submit the same. */
function execute({ id, version }: CardData, step: CardStep, t: Translate): CardNode {
  const data: CardStepData = { v: 1, kind: 'escalation', id, version, step };
  const title = t(step === 'claim' ? 'unit-card:actions.claim' : `unit-card:confirm.${step}`);
  const style = step === 'approve' || step === 'claim' ? { style: 'positive' } : {};
  const action = { title, data, ...style };
  return {
    ...{ type: 'Action.Execute', verb: step, ...action },
    fallback: { type: 'Action.Submit', ...action },
  };
}

function fields(data: CardData, step: CardStep, t: Translate, options: ActionOptions): CardNode[] {
  switch (step) {
    case 'claim':
      return [];
    case 'approve':
      return options.editable ? answerFields(data, step, t) : [];
    case 'answer':
      return answerFields(options.editable ? data : { answer: null }, step, t);
    case 'pass-on':
      return [unitChoice(step, t, options.units), text(step, t)];
    default:
      return [text(step, t)];
  }
}

function answerFields({ answer }: Pick<CardData, 'answer'>, step: CardStep, t: Translate): CardNode[] {
  return [text(step, t, answer?.text), basis(step, t, answer?.legalBasis)];
}

function text(step: CardStep, t: Translate, value?: string): CardNode {
  const optional = step === 'pass-on';
  const required = optional ? {} : { isRequired: true, errorMessage: t('unit-card:required') };
  return {
    ...{ type: 'Input.Text', id: `${step}.text`, isMultiline: true, maxLength: 20_000 },
    ...{ label: t(`unit-card:fields.${step}`), ...required },
    ...(value === undefined ? {} : { value }),
  };
}

function basis(step: CardStep, t: Translate, value: readonly string[] = []): CardNode {
  return {
    ...{ type: 'Input.Text', id: `${step}.legalBasis`, isMultiline: true, maxLength: 10_000 },
    ...{ label: t('unit-card:fields.legalBasis'), value: value.join('\n') },
  };
}

function unitChoice(step: CardStep, t: Translate, units: readonly CardUnit[]): CardNode {
  return {
    ...{ type: 'Input.ChoiceSet', id: `${step}.toUnitCode`, style: 'compact' },
    ...{ label: t('unit-card:fields.toUnitCode'), isRequired: true, errorMessage: t('unit-card:required') },
    choices: units.map(({ code, name }) => ({ title: name, value: code })),
  };
}
