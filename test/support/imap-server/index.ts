import { createServer, type AddressInfo } from 'node:net';
import { Folder } from './folder.js';
import { Session, type ServerState } from './session.js';

/** A mailbox on a free port of this machine that speaks IMAP, and fails when told to. */
export interface ImapServer {
  url: string;
  /** Mail arrives; who idles is told. */
  arrive(source: string | Buffer, at: Date): void;
  folder(name: string): Folder;
  /** Sources in a folder, as text. */
  sources(name: string): string[];
  /** Commands so far, e.g. "UID FETCH". */
  commands: string[];
  /** The next time this command comes, the connection is cut. */
  dropAt(command: string): void;
  dropAll(): void;
  refuseLogin(): void;
  connections: number;
  close(): Promise<void>;
}

export async function startImapServer(without: readonly string[] = []): Promise<ImapServer> {
  const sessions = new Set<Session>();
  const commands: string[] = [];
  const drops: string[] = [];
  const capabilities = ['IMAP4rev1', 'IDLE', 'MOVE', 'UIDPLUS'].filter((name) => !without.includes(name));
  const state: ServerState = {
    folders: new Map([['INBOX', new Folder()]]),
    ...{ capabilities, user: 'kantor@dering.example', password: 'rahasia contoh' },
    onCommand: (name) => {
      commands.push(name);
      const at = drops.indexOf(name);
      if (at < 0) return undefined;
      drops.splice(at, 1);
      return 'drop';
    },
  };
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    const session = new Session(socket, state);
    sessions.add(session);
    socket.on('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = (name: string): Folder => {
    const found = state.folders.get(name) ?? new Folder();
    state.folders.set(name, found);
    return found;
  };
  return {
    url: `imap://${encodeURIComponent(state.user)}:${encodeURIComponent(state.password)}@127.0.0.1:${port}`,
    commands,
    folder,
    get connections() {
      return connections;
    },
    arrive(source, at) {
      folder('INBOX').append(Buffer.from(source as string), at);
      for (const session of sessions) session.announce();
    },
    sources: (name) => folder(name).mails.map(({ source }) => source.toString()),
    dropAt: (command) => drops.push(command),
    dropAll() {
      for (const session of sessions) session.drop();
    },
    refuseLogin: () => (state.password = 'lain'),
    close: async () => {
      for (const session of sessions) session.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
