/** What a message may correct: a slot of the identity, or a part of the request. */
export type CorrectedSlot =
  'name' | 'position' | 'agency' | 'region' | 'email' | 'phone' | 'topic' | 'question' | 'date' | 'time';
