import { setTimeout } from 'node:timers/promises';
import type { TeamsPorts } from './channels/index.js';
import type { Engine } from './conversation/engine.js';
import type { TeamsPlace } from './models/teams-place.js';
import { noteReachable } from './services/contacts/note-reachable.js';
import { openFile } from './services/files/open-file.js';
import { storeFile } from './services/files/store-file.js';
import type { ServiceContext } from './services/service-context.js';
import type { Clock } from './shared/clock.js';
import type { TeamsConfig } from './shared/config.js';

/** Fixed: whoever could change them could sign for Microsoft, or be told the secret. */
const LOGIN = 'https://login.microsoftonline.com';
const OPEN_ID = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** Activities of one place that are remembered as handled. */
const KEPT_HANDLED = 200;

/** What Teams may see and do, in terms of a user's address. */
export function createTeamsPorts(
  services: ServiceContext,
  { serviceUrls, ...account }: TeamsConfig,
  clock: Clock,
  engine: () => Engine,
): TeamsPorts {
  const { models, config, texts, log } = services;
  const of = (address: string): { channel: 'teams'; account: string; address: string } => ({
    ...{ channel: 'teams', account: account.appId, address },
  });
  return {
    ...{ clock, texts, log, account, places: placeStore(services) },
    endpoints: { login: LOGIN, openId: OPEN_ID, serviceUrls },
    maxFileBytes: config.maxFileBytes,
    wait: async (milliseconds, signal) => {
      // Aborted or over: both end the wait.
      await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
    },
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    storeFile: async ({ stream, name, address, now }) => {
      const found = await models.conversations.findOne(of(address), { _id: 1 }).lean();
      return storeFile(services, { content: stream, name, conversationId: found?._id ?? null, now });
    },
    openFile: async (address, fileId) => {
      const conversation = await models.conversations.findOne(of(address), { _id: 1 }).lean();
      const sent =
        conversation &&
        (await models.messages
          .findOne(
            { conversationId: conversation._id, 'content.fileId': fileId, direction: 'out' },
            { _id: 1 },
          )
          .lean());
      if (!sent) return undefined;
      const { file, read } = await openFile(services, fileId);
      const { name, mimeType, size } = file;
      return { file: { fileId, name, mimeType, size }, read };
    },
    isOffered: async (address, choice) => {
      if (engine().dialogs.standingChoices?.has(choice)) return true;
      const found = await models.conversations.findOne(of(address), { offered: 1 }).lean();
      return found?.offered?.choices.some(({ id }) => id === choice) ?? false;
    },
    noteReachable: (address, reachable) =>
      noteReachable(services, { ...of(address), reachable, now: clock.now() }),
  };
}

function placeStore({ models }: ServiceContext): TeamsPorts['places'] {
  const { teamsPlaces: places } = models;
  return {
    find: async (id) => toPlace(await places.findById(id).lean()),
    ofPerson: async (aadObjectId) =>
      toPlace(await places.findOne({ aadObjectId, kind: 'person' }).sort({ seenAt: -1 }).lean()),
    channels: async () => {
      const found = await places.find({ kind: 'channel', goneAt: null }).sort({ _id: 1 }).limit(1_000).lean();
      return found.flatMap((place) => toPlace(place) ?? []);
    },
    save: async ({ id, ...place }, now) => {
      await places.updateOne({ _id: id }, { $set: { ...place, seenAt: now } }, { upsert: true });
    },
    leaveTeam: async (teamId, now) => {
      await places.updateMany({ kind: 'channel', teamId, goneAt: null }, { $set: { goneAt: now } });
    },
    wasHandled: async (id, activityId) =>
      (await places.findOne({ _id: id, handled: activityId }, { _id: 1 }).lean()) !== null,
    noteHandled: async (id, activityId) => {
      const handled = { $each: [activityId], $slice: -KEPT_HANDLED };
      await places.updateOne({ _id: id, handled: { $ne: activityId } }, { $push: { handled } });
    },
  };
}

function toPlace(place: TeamsPlace | null): Awaited<ReturnType<TeamsPorts['places']['find']>> {
  if (!place) return undefined;
  const { _id: id, handled: _handled, seenAt: _seenAt, ...rest } = place;
  return { id, ...rest };
}
