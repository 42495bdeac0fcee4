import type { Staff } from '../../models/staff.js';
import type { Actor } from '../service-context.js';

export function actorOf({ _id, name, roles }: Staff): Actor {
  return { staffId: _id, name, roles };
}
