import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { beginPairing, endPairing, readPairing } from '../../conversation/pair-channel.js';
import { readChannels } from '../../conversation/read-channels.js';
import { ADMINISTRATORS, operation, OVERSEERS, type ApiServer, type ConsoleDeps } from '../api-server.js';
import * as schemas from '../schemas/channels.js';
import { listOf } from '../schemas/common.js';
import { requireActor } from '../sign-in.js';

/** Attempts to link per minute and administrator: a platform blocks numbers that ask for codes too often. */
const FEW = {
  ...{ max: 6, timeWindow: '1 minute', hook: 'preHandler' as const },
  keyGenerator: (request: FastifyRequest) => requireActor(request).staffId,
};

/** The doors people come through, and linking those that need a phone. QR and code are never stored or cached. */
export function channelRoutes(app: ApiServer, { engine, clock }: ConsoleDeps): void {
  app.get(
    '/channels',
    operation('channel.list', 'How every channel does, and how to switch one on', OVERSEERS, {
      response: { 200: listOf(schemas.channelView) },
    }),
    async (request) => ({
      items: await readChannels(engine, { actor: requireActor(request), now: clock.now() }),
    }),
  );

  app.get(
    '/channels/:name/pairing',
    operation('channel.show-pairing', 'How far a channel is linked, with the QR or code', ADMINISTRATORS, {
      params: schemas.channelParams,
      response: { 200: schemas.pairing },
    }),
    (request, reply) => {
      void reply.header('cache-control', 'no-store');
      return readPairing(engine, { ...request.params, actor: requireActor(request) });
    },
  );

  const pair = operation('channel.pair', 'Begins to link a channel, or begins anew', ADMINISTRATORS, {
    params: schemas.channelParams,
    body: schemas.pairingRequest,
    response: { 200: schemas.pairing },
  });
  app.post(
    '/channels/:name/pairing',
    { ...pair, config: { ...pair.config, rateLimit: FEW } },
    (request, reply) => {
      void reply.header('cache-control', 'no-store');
      const { phone } = request.body;
      return beginPairing(engine, {
        ...{ ...request.params, actor: requireActor(request), now: clock.now() },
        ...(phone === undefined ? {} : { phone: phone.replace(/\D/g, '') }),
      });
    },
  );

  app.delete(
    '/channels/:name/pairing',
    operation('channel.unpair', 'Gives the link up, or the attempt at one', ADMINISTRATORS, {
      params: schemas.channelParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      await endPairing(engine, { ...request.params, actor: requireActor(request), now: clock.now() });
      return reply.code(204).send();
    },
  );
}
