import { z } from 'zod';
import { channel, instant } from './common.js';
import { phone } from './phone.js';

const reportFields = {
  name: channel,
  reason: z.string().optional().describe('Why it is down; English'),
  lastInboundAt: instant.nullable().describe('Null: not among the latest messages'),
  lastConfirmedOutboundAt: instant.nullable(),
  queued: z.number().int().describe('Messages that wait to be handed over, counted up to 1000'),
  waitingSince: instant.nullable().describe('Of the oldest message that the platform has not confirmed'),
};
export const channelReport = z.object({ ...reportFields, state: z.enum(['up', 'down', 'starting']) });

export const channelView = z
  .object({
    ...reportFields,
    state: z.enum(['up', 'down', 'starting', 'off']),
    account: z.string().nullable().describe('What people write to: a number, an address, a page'),
    variables: z.array(z.string()).describe('Settings that switch it on, where it is off'),
    pairing: z
      .enum(['unpaired', 'waiting', 'paired'])
      .nullable()
      .describe('Null where nothing has to be linked'),
  })
  .meta({ id: 'Channel' });

export const channelParams = z.strictObject({ name: channel });

export const pairing = z
  .object({
    phase: z.enum(['unpaired', 'waiting', 'paired']),
    reason: z.string().optional().describe('Why nothing is linked any more; English'),
    qr: z.string().optional().describe('A secret: to be shown as a QR code, until the next one comes'),
    code: z.string().optional().describe('A secret: to be typed on the phone'),
    since: instant.optional(),
    phone: z.string().optional(),
  })
  .meta({ id: 'Pairing' });

export const pairingRequest = z.strictObject({
  phone: phone
    .exactOptional()
    .describe('Asks for a code to type on that phone; without it there is a QR only'),
});
