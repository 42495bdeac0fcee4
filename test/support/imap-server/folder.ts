/** A mail as a server keeps it. */
export interface StoredMail {
  uid: number;
  source: Buffer;
  internalDate: Date;
  flags: Set<string>;
}

/** One folder of the mailbox: UIDs only ever grow while UIDVALIDITY stays. */
export class Folder {
  uidValidity = 1_700_000_000;
  uidNext = 1;
  mails: StoredMail[] = [];

  append(source: Buffer, internalDate: Date): StoredMail {
    const mail = { uid: this.uidNext, source, internalDate, flags: new Set<string>() };
    this.uidNext += 1;
    this.mails.push(mail);
    return mail;
  }

  /** As after a restore from backup: other numbers for the same mails. */
  renumber(): void {
    this.uidValidity += 1;
    this.uidNext = 1;
    for (const mail of this.mails) {
      mail.uid = this.uidNext;
      this.uidNext += 1;
    }
  }

  /** `1:*`, `5`, `3,7:9` by UID. As RFC 3501 has it, "n:*" always names the last one. */
  byUid(set: string): StoredMail[] {
    const last = this.mails.at(-1)?.uid ?? 0;
    const ranges = set.split(',').map((part) => {
      const [from = '0', to = from] = part.split(':');
      const ends = [from, to].map((end) => (end === '*' ? last : Number(end)));
      return [Math.min(...ends), Math.max(...ends)] as const;
    });
    return this.mails.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to));
  }

  sequenceOf(mail: StoredMail): number {
    return this.mails.indexOf(mail) + 1;
  }
}
