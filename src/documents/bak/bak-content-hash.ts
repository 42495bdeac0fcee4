import { createHash } from 'node:crypto';
import type { BakFacts } from './bak-data.js';

/**
 * SHA-256 (hex) over the facts as canonical JSON: keys in alphabetical order, times in UTC, absent values left
 * out. Printed in the document and shown on the verification page. The address and the code of that page are no
 * facts of the consultation and do not count, so a full `BakData` gives the same hash as its facts.
 */
export function bakContentHash(facts: BakFacts): string {
  const { number, revision, issuedAt, ticketNumber, channel, user, officer } = facts;
  const { session } = facts;
  const { topic, receivedAt, answeredAt, question, attachments, answer, legalBasis } = facts;
  const hashed = {
    answer,
    answeredAt,
    attachments,
    channel,
    issuedAt,
    legalBasis,
    number,
    officer: { name: officer.name, position: officer.position, unit: officer.unit },
    question,
    receivedAt,
    revision,
    session: session && {
      endsAt: session.endsAt,
      guests: session.guests,
      kind: session.kind,
      link: session.link,
      place: session.place,
      recordingUrl: session.recordingUrl,
      startsAt: session.startsAt,
    },
    ticketNumber,
    topic,
    user: {
      agency: user.agency,
      email: user.email,
      name: user.name,
      phone: user.phone,
      position: user.position,
      region: user.region,
    },
  };
  return createHash('sha256').update(JSON.stringify(hashed)).digest('hex');
}
