import { int } from '../../bson/number.js';
import { doc } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { type Call, command, type Commands, ok, type Reply } from '../command.js';

const VERSION = '7.0.0';
const startedAt = Date.now();
const GREETING =
  'helloOk client compression saslSupportedMechs topologyVersion maxAwaitTimeMS loadBalanced backpressure forShell hostInfo';

/** What drivers and mongosh ask on connecting, and what tells that the server lives. */
export const adminCommands: Commands = {
  hello: command(GREETING, (call) => hello(call, 'isWritablePrimary')),
  isMaster: command(GREETING, (call) => hello(call, 'ismaster')),
  ismaster: command(GREETING, (call) => hello(call, 'ismaster')),
  ping: command('', () => ok()),
  endSessions: command('', () => ok()),
  buildInfo: command('', buildInfo),
  serverStatus: command('repl metrics locks', serverStatus),
  connectionStatus: command('showPrivileges', () =>
    ok({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
  ),
  getParameter: command('featureCompatibilityVersion allParameters', () =>
    ok({ featureCompatibilityVersion: doc({ version: '7.0' }) }),
  ),
  setParameter: command('ttlMonitorEnabled', setParameter),
  getCmdLineOpts: command('', () => ok({ argv: [], parsed: doc({}) })),
  getLog: command('', () => ok({ totalLinesWritten: int(0), log: [] })),
};

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
    modules: [],
    maxBsonObjectSize: int(16_777_216),
  });
}

/** Whether TTL indexes delete what is due; until the server ends. */
function setParameter(call: Call): Reply {
  const was = call.store.expiring;
  if (!call.given.has('ttlMonitorEnabled')) throw new MongoError(72, 'no option found to set');
  call.store.expiring = call.isTrue('ttlMonitorEnabled');
  return ok({ was });
}

function serverStatus({ now }: Call): Reply {
  return ok({
    version: VERSION,
    pid: BigInt(process.pid),
    uptime: (now.getTime() - startedAt) / 1000,
    localTime: now,
    connections: doc({ current: int(1), available: int(1000) }),
    mem: doc({ bits: int(64), resident: int(Math.round(process.memoryUsage.rss() / 1_048_576)) }),
    storageEngine: doc({ name: 'lmdb' }),
  });
}
