import { UUID } from 'bson';
import { int } from '../../bson/number.js';
import { doc } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { databaseOf, nameOf } from '../../store/collection.js';
import { type Call, type Command, type Commands, ok, type Reply, textField } from '../command.js';

const VERSION = '7.0.0';
const startedAt = Date.now();
const nothing = (fields: readonly string[] = []): Command => ({ fields, run: () => ok() });

export const adminCommands: Commands = {
  hello: {
    fields: [
      'helloOk',
      'client',
      'compression',
      'saslSupportedMechs',
      'topologyVersion',
      'maxAwaitTimeMS',
      'loadBalanced',
      'backpressure',
    ],
    run: (call) => hello(call, 'isWritablePrimary'),
  },
  isMaster: {
    fields: [
      'helloOk',
      'client',
      'compression',
      'saslSupportedMechs',
      'topologyVersion',
      'maxAwaitTimeMS',
      'forShell',
      'hostInfo',
      'backpressure',
    ],
    run: (call) => hello(call, 'ismaster'),
  },
  ismaster: {
    fields: [
      'helloOk',
      'client',
      'compression',
      'saslSupportedMechs',
      'topologyVersion',
      'maxAwaitTimeMS',
      'forShell',
      'hostInfo',
      'backpressure',
    ],
    run: (call) => hello(call, 'ismaster'),
  },
  ping: nothing(),
  endSessions: nothing(),
  refreshSessions: nothing(),
  killSessions: nothing(),
  startSession: { fields: [], run: () => ok({ id: doc({ id: new UUID() }), timeoutMinutes: int(30) }) },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  serverStatus: { fields: ['repl', 'metrics', 'locks'], run: serverStatus },
  connectionStatus: {
    fields: ['showPrivileges'],
    run: () => ok({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
  },
  getParameter: {
    fields: ['featureCompatibilityVersion', 'allParameters'],
    run: () => ok({ featureCompatibilityVersion: doc({ version: '7.0' }) }),
  },
  getCmdLineOpts: { fields: [], run: () => ok({ argv: [], parsed: doc({}) }) },
  getLog: { fields: [], run: () => ok({ totalLinesWritten: int(0), log: [] }) },
  hostInfo: { fields: [], run: () => ok({ system: doc({}), os: doc({}), extra: doc({}) }) },
  whatsmyuri: { fields: [], run: () => ok({ you: 'local' }) },
  dbStats: { fields: ['scale', 'freeStorage'], run: dbStats },
  collStats: { fields: ['scale'], run: collStats },
  abortTransaction: { fields: ['recoveryToken'], run: noTransactions },
  commitTransaction: { fields: ['recoveryToken'], run: noTransactions },
  replSetGetStatus: {
    fields: [],
    run: () => {
      throw new MongoError(76, 'not running with --replSet');
    },
  },
};

function noTransactions(): Reply {
  throw refusal('a transaction', 263);
}

/** Answers as a server of its own, so that drivers use neither retryable writes nor transactions. */
function hello({ now }: Call, primaryField: string): Reply {
  return ok({
    [primaryField]: true,
    helloOk: true,
    maxBsonObjectSize: int(16_777_216),
    maxMessageSizeBytes: int(48_000_000),
    maxWriteBatchSize: int(100_000),
    localTime: now,
    logicalSessionTimeoutMinutes: int(30),
    connectionId: int(1),
    minWireVersion: int(0),
    maxWireVersion: int(21),
    readOnly: false,
  });
}

function buildInfo(): Reply {
  return ok({
    version: VERSION,
    versionArray: [int(7), int(0), int(0), int(0)],
    gitVersion: 'embedded',
    modules: [],
    storageEngines: ['lmdb'],
    javascriptEngine: 'none',
    bits: int(64),
    debug: false,
    maxBsonObjectSize: int(16_777_216),
  });
}

function serverStatus({ now }: Call): Reply {
  const memory = process.memoryUsage();
  return ok({
    host: 'embedded',
    version: VERSION,
    process: 'embedded',
    pid: BigInt(process.pid),
    uptime: (now.getTime() - startedAt) / 1000,
    localTime: now,
    connections: doc({ current: int(1), available: int(1000) }),
    mem: doc({ bits: int(64), resident: int(Math.round(memory.rss / 1_048_576)) }),
    storageEngine: doc({ name: 'lmdb', persistent: true }),
  });
}

function dbStats({ store, database }: Call): Reply {
  const own = [...store.collections.values()].filter((collection) => databaseOf(collection) === database);
  const sum = (read: (collection: (typeof own)[number]) => number): number =>
    own.reduce((total, collection) => total + read(collection), 0);
  return ok({
    db: database,
    collections: int(own.length),
    views: int(0),
    objects: BigInt(sum(({ count }) => count)),
    dataSize: sum(({ size }) => size),
    indexes: int(sum(({ indexes }) => indexes.length)),
  });
}

function collStats({ store, database, command }: Call): Reply {
  const namespace = `${database}.${textField(command, 'collStats')}`;
  const collection = store.collections.get(namespace);
  return ok({
    ns: namespace,
    count: BigInt(collection?.count ?? 0),
    size: BigInt(collection?.size ?? 0),
    nindexes: int(collection?.indexes.length ?? 0),
    capped: false,
    name: collection ? nameOf(collection) : undefined,
  });
}
