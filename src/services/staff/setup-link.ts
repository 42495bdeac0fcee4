import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import { newSecret } from '../../shared/ids.js';
import type { ServiceContext } from '../service-context.js';
import { secretHash } from './secret-hash.js';

const VALID_DAYS = 3;

/** The one-time token of a link with which somebody sets a password; only its hash is to be stored. */
export interface SetupToken {
  url: string;
  fields: Pick<Staff, 'setupTokenHash' | 'setupTokenUntil'>;
}

export function newSetupToken(ctx: ServiceContext, now: Date): SetupToken {
  const token = newSecret();
  return {
    url: `${ctx.publicUrl}/console/setup?token=${token}`,
    fields: {
      setupTokenHash: secretHash(token),
      setupTokenUntil: new Date(now.getTime() + VALID_DAYS * 86_400_000),
    },
  };
}

/**
 * Whom a link is for.
 * @throws DomainError setup-token-invalid when it was used, replaced or never given, or is too old
 */
export async function findSetup(
  ctx: ServiceContext,
  { token, now }: { token: string; now: Date },
): Promise<Staff> {
  const staff = await ctx.models.staff
    .findOne({ setupTokenHash: { $type: 'string', $eq: secretHash(token) } })
    .lean();
  const valid = staff?.active && staff.setupTokenUntil && staff.setupTokenUntil.getTime() > now.getTime();
  if (!valid) throw new DomainError('setup-token-invalid');
  return staff;
}
