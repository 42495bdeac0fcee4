import { previewDeadlines } from '../../services/deadlines/preview-deadlines.js';
import { changeClocks } from '../../services/settings/change-clocks.js';
import { readClocks } from '../../services/settings/read-clocks.js';
import { ADMINISTRATORS, operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import * as schemas from '../schemas/deadlines.js';
import { requireActor } from '../sign-in.js';

/** The clocks, and what a change of days off, hours or clocks would do to open tickets. */
export function deadlineRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/clocks',
    operation('clocks.show', 'Working days per kind of work', 'signed-in', {
      response: { 200: schemas.clocks },
    }),
    () => readClocks(services.models),
  );

  app.put(
    '/clocks',
    operation('clocks.change', 'Sets the working days per kind of work', ADMINISTRATORS, {
      body: schemas.clocks,
      response: { 200: schemas.clocks },
    }),
    (request) => {
      const actor = requireActor(request);
      return changeClocks(services, { actor, clocks: request.body, now: clock.now() });
    },
  );

  app.post(
    '/deadlines/preview',
    operation('deadlines.preview', 'What a change would do to open tickets; saves nothing', ADMINISTRATORS, {
      body: schemas.previewRequest,
      response: { 200: schemas.deadlineEffect },
    }),
    (request) => {
      const { cursor, ...draft } = request.body;
      const actor = requireActor(request);
      return previewDeadlines(services, { actor, draft, cursor, now: clock.now() });
    },
  );
}
