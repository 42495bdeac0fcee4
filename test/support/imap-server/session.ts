import type { Socket } from 'node:net';
import { Folder, type StoredMail } from './folder.js';

export interface ServerState {
  readonly folders: Map<string, Folder>;
  capabilities: string[];
  user: string;
  password: string;
  /** Called with each command, e.g. "UID FETCH"; returning 'drop' cuts the connection instead of an answer. */
  onCommand: (name: string, args: string) => 'drop' | undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** One connection, speaking as much of RFC 3501, 2177 (IDLE) and 6851 (MOVE) as a client that reads a mailbox needs. */
export class Session {
  #buffer = '';
  #selected: Folder | undefined;
  #known = 0;
  #idleTag: string | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly state: ServerState,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('error', () => undefined);
    this.#write(`* OK [CAPABILITY ${state.capabilities.join(' ')}] stand-in ready`);
  }

  /** New mail is told at once to who idles, to others with the next answer. */
  announce(): void {
    if (this.#idleTag !== undefined) this.#tellNew();
  }

  drop(): void {
    this.socket.destroy();
  }

  #read(chunk: string): void {
    this.#buffer += chunk;
    for (let end = this.#buffer.indexOf('\r\n'); end >= 0; end = this.#buffer.indexOf('\r\n')) {
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 2);
      this.#line(line);
    }
  }

  #line(line: string): void {
    if (this.#idleTag !== undefined) {
      if (line.toUpperCase() !== 'DONE') return;
      const tag = this.#idleTag;
      this.#idleTag = undefined;
      this.#write(`${tag} OK IDLE terminated`);
      return;
    }
    const [, tag = '*', uid = '', name = '', args = ''] = /^(\S+) (UID )?(\S+) ?(.*)$/i.exec(line) ?? [];
    const command = `${uid}${name}`.toUpperCase();
    if (this.state.onCommand(command, args) === 'drop') {
      this.drop();
      return;
    }
    const answer = this.#obey(command, args, tag);
    if (answer === undefined) return;
    if (this.#selected) this.#tellNew();
    this.#write(`${tag} ${answer}`);
  }

  #obey(command: string, args: string, tag: string): string | undefined {
    switch (command) {
      case 'CAPABILITY':
        this.#write(`* CAPABILITY ${this.state.capabilities.join(' ')}`);
        return 'OK done';
      case 'LOGIN':
        return this.#login(args);
      case 'LIST':
        return this.#list(args);
      case 'CREATE':
        return this.#create(unquote(args));
      case 'SELECT':
        return this.#select(unquote(args));
      case 'STATUS':
        return this.#status(args);
      case 'IDLE':
        this.#idleTag = tag;
        this.#write('+ idling');
        this.#tellNew();
        return undefined;
      case 'LOGOUT':
        this.#write('* BYE');
        this.#write(`${tag} OK bye`);
        this.socket.end();
        return undefined;
      default:
        return this.#obeySelected(command, args);
    }
  }

  #obeySelected(command: string, args: string): string {
    const folder = this.#selected;
    if (command === 'NOOP') return 'OK done';
    if (!folder) return 'BAD no mailbox selected, or unknown command';
    const [, set = '', rest = ''] = /^(\S+) ?(.*)$/.exec(args) ?? [];
    switch (command) {
      case 'UID SEARCH':
        return this.#search(folder, args);
      case 'UID FETCH':
        for (const mail of folder.byUid(set)) this.#fetch(folder, mail, rest);
        return 'OK done';
      case 'UID STORE':
        for (const mail of folder.byUid(set)) this.#store(folder, mail, rest);
        return 'OK done';
      case 'UID COPY':
        return this.#copy(folder, set, unquote(rest)) ? 'OK done' : 'NO [TRYCREATE] no such folder';
      case 'UID MOVE':
        if (!this.#copy(folder, set, unquote(rest))) return 'NO [TRYCREATE] no such folder';
        this.#expunge(folder, folder.byUid(set));
        return 'OK moved';
      case 'EXPUNGE':
      case 'UID EXPUNGE':
        this.#expunge(
          folder,
          folder.mails.filter(({ flags }) => flags.has('\\Deleted')),
        );
        return 'OK done';
      default:
        return 'BAD unknown command';
    }
  }

  #login(args: string): string {
    const [user = '', password = ''] = args.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
    const right = unquote(user) === this.state.user && unquote(password) === this.state.password;
    return right ? 'OK logged in' : 'NO [AUTHENTICATIONFAILED] wrong user or password';
  }

  #list(args: string): string {
    if (args === '"" ""') {
      // The way to ask for the separator and the namespace.
      this.#write('* LIST (\\Noselect) "/" ""');
      return 'OK done';
    }
    for (const name of this.state.folders.keys()) this.#write(`* LIST () "/" "${name}"`);
    return 'OK done';
  }

  #create(name: string): string {
    if (this.state.folders.has(name)) return 'NO [ALREADYEXISTS] it is there';
    this.state.folders.set(name, new Folder());
    return 'OK created';
  }

  #select(name: string): string {
    const folder = this.state.folders.get(name);
    if (!folder) return 'NO no such folder';
    this.#selected = folder;
    this.#known = folder.mails.length;
    this.#write(`* FLAGS (\\Seen \\Deleted)`);
    this.#write(`* ${folder.mails.length} EXISTS`);
    this.#write(`* OK [UIDVALIDITY ${folder.uidValidity}] valid`);
    this.#write(`* OK [UIDNEXT ${folder.uidNext}] next`);
    return 'OK [READ-WRITE] selected';
  }

  #status(args: string): string {
    const [, name = ''] = /^("[^"]*"|\S+)/.exec(args) ?? [];
    const folder = this.state.folders.get(unquote(name));
    if (!folder) return 'NO no such folder';
    this.#write(`* STATUS ${name} (MESSAGES ${folder.mails.length} UIDNEXT ${folder.uidNext})`);
    return 'OK done';
  }

  #search(folder: Folder, args: string): string {
    const [, set] = /\bUID (\S+)/i.exec(args) ?? [];
    const [, before] = /\bBEFORE (\S+)/i.exec(args) ?? [];
    const limit =
      before === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${unquote(before)} 00:00:00 UTC`);
    const found = (set === undefined ? folder.mails : folder.byUid(set)).filter(
      ({ internalDate }) => internalDate.getTime() < limit,
    );
    this.#write(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd());
    return 'OK done';
  }

  #fetch(folder: Folder, mail: StoredMail, items: string): void {
    const parts = [`UID ${mail.uid}`];
    if (/\bFLAGS\b/i.test(items)) parts.push(`FLAGS (${[...mail.flags].join(' ')})`);
    if (/\bRFC822\.SIZE\b/i.test(items)) parts.push(`RFC822.SIZE ${mail.source.length}`);
    if (/\bINTERNALDATE\b/i.test(items)) parts.push(`INTERNALDATE "${imapDate(mail.internalDate)}"`);
    const [, body, start, length] = /\b(BODY)\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(items) ?? [];
    if (body) {
      const from = Number(start ?? 0);
      const bytes = length === undefined ? mail.source : mail.source.subarray(from, from + Number(length));
      const origin = start === undefined ? '' : `<${start}>`;
      parts.push(`BODY[]${origin} {${bytes.length}}\r\n${bytes.toString('latin1')}`);
    }
    this.#write(`* ${folder.sequenceOf(mail)} FETCH (${parts.join(' ')})`);
  }

  #store(folder: Folder, mail: StoredMail, rest: string): void {
    const [, sign, list = ''] = /^([+-]?)FLAGS(?:\.SILENT)? \((.*)\)$/i.exec(rest) ?? [];
    if (sign === '') mail.flags.clear();
    for (const flag of list.split(' ')) {
      if (sign === '-') mail.flags.delete(flag);
      else mail.flags.add(flag);
    }
    this.#write(`* ${folder.sequenceOf(mail)} FETCH (UID ${mail.uid} FLAGS (${[...mail.flags].join(' ')}))`);
  }

  #copy(folder: Folder, set: string, name: string): boolean {
    const target = this.state.folders.get(name);
    if (!target) return false;
    for (const { source, internalDate } of folder.byUid(set)) target.append(source, internalDate);
    return true;
  }

  #expunge(folder: Folder, gone: readonly StoredMail[]): void {
    for (const mail of gone) {
      const sequence = folder.sequenceOf(mail);
      folder.mails.splice(sequence - 1, 1);
      this.#known = Math.max(0, this.#known - 1);
      this.#write(`* ${sequence} EXPUNGE`);
    }
  }

  #tellNew(): void {
    const count = this.#selected?.mails.length ?? 0;
    if (count <= this.#known) return;
    this.#known = count;
    this.#write(`* ${count} EXISTS`);
  }

  #write(line: string): void {
    if (!this.socket.destroyed) this.socket.write(`${line}\r\n`, 'latin1');
  }
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

function imapDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
