import { CARD_STEPS } from '../../documents/unit-card/card-data.js';
import { unitCard, type CardNode } from '../../documents/unit-card/unit-card.js';
import type { Language } from '../../shared/i18n.js';
import type { ServiceContext } from '../service-context.js';
import type { EscalationView } from './escalation-view.js';

/** The card of an escalation with the buttons that its reader may press. */
export async function showCard(
  { models, texts, publicUrl }: ServiceContext,
  { escalation, language }: { escalation: EscalationView; language: Language },
): Promise<CardNode> {
  const units = await models.units.find({ active: true, _id: { $ne: escalation.unit.code } }).lean();
  return unitCard(escalation, texts.for(language), {
    language,
    steps: CARD_STEPS.filter((step) => escalation.allowed.includes(step)),
    units: units
      .map(({ _id: code, name }) => ({ code, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'id')),
    deskUrl: `${publicUrl}/console/desk/${escalation.id}`,
  });
}
