import { showUnitCards } from '../../conversation/show-unit-cards.js';
import { nextCard } from '../../services/escalations/escalation-cards.js';
import type { Job } from '../job.js';

/** Brings the cards in the units' channels up to date (R-A5). */
export const showUnitCardsJob: Job = {
  name: 'show-unit-cards',
  every: 5,
  run: ({ engine }, now) => showUnitCards(engine, now),
  nextDue: ({ engine }) => nextCard(engine.services),
};
