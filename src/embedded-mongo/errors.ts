/** The data folder belongs to another running process. */
export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
  readonly code = 'STORE_LOCKED';

  constructor(
    readonly folder: string,
    readonly pid: number | undefined,
    /** The process that started the holder is gone, so it is about to end. */
    readonly orphaned = false,
  ) {
    super(
      `The data folder ${folder} is in use by another process${pid === undefined ? '' : ` (number ${pid})`}; stop that one or choose another folder.`,
    );
  }
}

/** The data file cannot be read as what this store wrote. It is left as it is. */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError';
  readonly code = 'STORE_DAMAGED';

  constructor(
    folder: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `The data file in ${folder} is damaged (${reason}). It was left untouched; restore a backup.`,
      options,
    );
  }
}

/** The server process ended although nobody asked it to. */
export class ServerDiedError extends Error {
  override readonly name = 'ServerDiedError';
  readonly code = 'SERVER_DIED';
}
