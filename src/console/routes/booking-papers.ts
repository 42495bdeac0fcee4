import { z } from 'zod';
import { readAppointment } from '../../services/appointments/get-appointment.js';
import { recordAudit } from '../../services/audit/record-audit.js';
import { openMinutesCopies } from '../../services/minutes/open-minutes-copies.js';
import { DESK_READERS, operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { idParams } from '../schemas/common.js';
import { sendFile } from '../send-file.js';
import { requireActor } from '../sign-in.js';

/** GET /appointments/:id/minutes: the BAK in two copies, for who writes it or has it printed (R-C8). */
export function bookingPaperRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/appointments/:id/minutes',
    operation('appointment.minutes', 'The BAK of a booking in two copies, to print and sign', DESK_READERS, {
      params: idParams,
      response: {
        200: { description: 'PDF', content: { 'application/octet-stream': { schema: z.string() } } },
      },
    }),
    async (request, reply) => {
      const actor = requireActor(request);
      const { ticketId } = await readAppointment(services, { ...request.params, actor });
      const opened = await openMinutesCopies(services, ticketId);
      await recordAudit(services, {
        ...{ actor, action: 'file.download', subject: opened.file._id, now: clock.now() },
      });
      return sendFile(reply, opened, { inline: true });
    },
  );
}
