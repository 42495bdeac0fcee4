import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyPluginAsync,
  FastifySchema,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ZodType } from 'zod';
import type { Engine } from '../conversation/engine.js';
import type { Role } from '../models/staff.js';
import type { Overview } from '../services/overview/read-overview.js';
import type { ServiceContext } from '../services/service-context.js';
import type { SignedIn } from '../services/staff/session.js';
import type { Clock } from '../shared/clock.js';
import type { Logger } from '../shared/logger.js';
import { errorBody } from './schemas/common.js';

/** What the server is made of. */
export interface ConsoleDeps {
  readonly engine: Engine;
  readonly services: ServiceContext;
  readonly clock: Clock;
  readonly log: Logger;
  /** Channels mount their routes here. */
  readonly plugins?: readonly FastifyPluginAsync[];
  /** The state of channels, mail and store, for people. */
  readonly readiness: () => Promise<Overview>;
  /** The built console page. */
  readonly clientFolder: string;
}

/** An instance whose routes are typed by their zod schemas. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who may use an operation: anybody, anybody signed in, or those who hold one of the roles. */
export type Access = 'public' | 'signed-in' | readonly Role[];

export const TICKET_READERS: readonly Role[] = ['agent', 'supervisor', 'administrator'];
export const TICKET_WRITERS: readonly Role[] = ['agent', 'supervisor'];
/** Who sees a unit's desk; which unit's, the services decide. */
export const DESK_READERS: readonly Role[] = [...TICKET_READERS, 'unit-member', 'head-of-unit'];
/** Who takes steps there. */
export const DESK_WRITERS: readonly Role[] = [...TICKET_WRITERS, 'unit-member', 'head-of-unit'];
/** Who sees the visits of a day (R-C8). */
export const RECEPTION_READERS: readonly Role[] = ['receptionist', 'agent', 'supervisor'];
/** Who takes steps there. */
export const RECEPTION_WRITERS: readonly Role[] = ['receptionist', 'supervisor'];
export const ADMINISTRATORS: readonly Role[] = ['administrator'];
export const OVERSEERS: readonly Role[] = ['administrator', 'supervisor'];

declare module 'fastify' {
  interface FastifyContextConfig {
    roles?: Access;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
}

interface OperationSchema extends FastifySchema {
  params?: ZodType;
  querystring?: ZodType;
  body?: ZodType;
  response: Record<number, unknown>;
}

type Documented<Schema extends OperationSchema> = Schema & {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security?: { session: string[] }[];
  response: Schema['response'] & { default: typeof errorBody };
};

/**
 * One operation of the API: its name, who may use it, and the schemas that validate, serialise and describe it.
 * `id` is noun.verb; the audit log uses the same names.
 */
export function operation<Schema extends OperationSchema>(
  id: string,
  summary: string,
  roles: Access,
  schema: Schema,
): { schema: Documented<Schema>; config: { roles: Access } } {
  return {
    schema: {
      ...schema,
      operationId: id,
      summary,
      description: describeAccess(roles),
      tags: [id.split('.')[0] ?? id],
      ...(roles === 'public' ? {} : { security: [{ session: [] }] }),
      response: { ...schema.response, default: errorBody },
    },
    config: { roles },
  };
}

function describeAccess(roles: Access): string {
  if (roles === 'public') return 'Needs no session.';
  if (roles === 'signed-in') return 'For everybody who is signed in.';
  return `For the roles: ${roles.join(', ')}.`;
}
