import { z } from 'zod';
import { chooseUnitChannel, listUnitChannels } from '../../conversation/unit-channels.js';
import type { Unit } from '../../models/unit.js';
import { changeOfficeHours } from '../../services/settings/change-office-hours.js';
import { findRegions } from '../../services/settings/find-regions.js';
import { listHolidays, listTopics, listUnits } from '../../services/settings/list-settings.js';
import { readOfficeHours } from '../../services/settings/office-hours.js';
import { removeHoliday, saveHoliday } from '../../services/settings/save-holiday.js';
import { saveTopic } from '../../services/settings/save-topic.js';
import { saveUnit } from '../../services/settings/save-unit.js';
import { ADMINISTRATORS, operation, type ApiServer, type ConsoleDeps } from '../api-server.js';
import { codeParams, listOf } from '../schemas/common.js';
import * as schemas from '../schemas/settings.js';
import { requireActor } from '../sign-in.js';
import { deadlineRoutes } from './deadlines.js';

export function settingsRoutes(app: ApiServer, deps: ConsoleDeps): void {
  topicRoutes(app, deps);
  unitRoutes(app, deps);
  holidayRoutes(app, deps);
  officeHoursRoutes(app, deps);
  deadlineRoutes(app, deps);
  app.get(
    '/regions',
    operation('region.find', 'Provinces, regencies and cities by the beginning of their name', 'signed-in', {
      querystring: schemas.regionQuery,
      response: { 200: listOf(schemas.region) },
    }),
    (request) => ({ items: findRegions(request.query.q) }),
  );
}

function topicRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/topics',
    operation('topic.list', 'What a consultation can be about', 'signed-in', {
      response: { 200: listOf(schemas.topic) },
    }),
    async () => ({ items: (await listTopics(services)).map(withCode) }),
  );

  app.put(
    '/topics/:code',
    operation('topic.save', 'Adds or replaces a topic', ADMINISTRATORS, {
      params: codeParams,
      body: schemas.topicRequest,
      response: { 200: schemas.topic },
    }),
    async (request) => {
      const topic = { _id: request.params.code, ...request.body };
      return withCode(await saveTopic(services, { actor: requireActor(request), topic, now: clock.now() }));
    },
  );
}

function unitRoutes(app: ApiServer, { engine, services, clock }: ConsoleDeps): void {
  app.get(
    '/units',
    operation('unit.list', 'The units that answer', 'signed-in', { response: { 200: listOf(schemas.unit) } }),
    async () => ({ items: (await listUnits(services)).map(viewUnit) }),
  );

  app.get(
    '/unit-channels',
    operation('unit.list-channels', 'Channels in Teams that the bot has been let into', ADMINISTRATORS, {
      response: { 200: listOf(schemas.unitChannel) },
    }),
    async (request) => ({ items: await listUnitChannels(engine, { actor: requireActor(request) }) }),
  );

  app.put(
    '/units/:code/channel',
    operation('unit.choose-channel', 'Chooses where the cards of a unit are posted', ADMINISTRATORS, {
      params: codeParams,
      body: schemas.unitChannelRequest,
      response: { 200: schemas.unit },
    }),
    async (request) => {
      const { code: unitCode } = request.params;
      const actor = requireActor(request);
      const now = clock.now();
      return viewUnit(await chooseUnitChannel(engine, { actor, unitCode, ...request.body, now }));
    },
  );

  app.put(
    '/units/:code',
    operation('unit.save', 'Adds or renames a unit', ADMINISTRATORS, {
      params: codeParams,
      body: schemas.unitRequest,
      response: { 200: schemas.unit },
    }),
    async (request) => {
      const unit = { _id: request.params.code, ...request.body };
      return viewUnit(await saveUnit(services, { actor: requireActor(request), unit, now: clock.now() }));
    },
  );
}

function viewUnit({ teamsChannel, ...unit }: Unit): z.input<typeof schemas.unit> {
  return { ...withCode(unit), teamsChannelId: teamsChannel?.channelId ?? null };
}

function holidayRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/holidays',
    operation('holiday.list', 'Days off of a year', 'signed-in', {
      querystring: schemas.holidayQuery,
      response: { 200: listOf(schemas.holiday) },
    }),
    async (request) => ({ items: (await listHolidays(services, request.query)).map(withDate) }),
  );

  app.put(
    '/holidays/:date',
    operation('holiday.save', 'Adds, changes or moves a day off', ADMINISTRATORS, {
      params: schemas.holidayParams,
      body: schemas.holidayRequest,
      response: { 200: schemas.holiday },
    }),
    async (request) => {
      const { decree, movedFrom, ...fields } = request.body;
      const day = { _id: request.params.date, ...fields, decree: decree ?? null };
      const actor = requireActor(request);
      return withDate(await saveHoliday(services, { actor, day, movedFrom, now: clock.now() }));
    },
  );

  app.delete(
    '/holidays/:date',
    operation('holiday.remove', 'Makes a day off a working day again', ADMINISTRATORS, {
      params: schemas.holidayParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      const { date } = request.params;
      await removeHoliday(services, { actor: requireActor(request), date, now: clock.now() });
      return reply.code(204).send();
    },
  );
}

function officeHoursRoutes(app: ApiServer, { services, clock }: ConsoleDeps): void {
  app.get(
    '/office-hours',
    operation('office-hours.show', 'The operating hours', 'signed-in', {
      response: { 200: schemas.officeHours },
    }),
    () => readOfficeHours(services.models),
  );

  app.put(
    '/office-hours',
    operation('office-hours.change', 'Sets the operating hours', ADMINISTRATORS, {
      body: schemas.officeHours,
      response: { 200: schemas.officeHours },
    }),
    (request) => {
      const actor = requireActor(request);
      return changeOfficeHours(services, { actor, hours: request.body, now: clock.now() });
    },
  );
}

function withCode<Record extends { _id: string }>({
  _id,
  ...rest
}: Record): Omit<Record, '_id'> & { code: string } {
  return { ...rest, code: _id };
}

function withDate<Record extends { _id: string }>({
  _id,
  ...rest
}: Record): Omit<Record, '_id'> & { date: string } {
  return { ...rest, date: _id };
}
