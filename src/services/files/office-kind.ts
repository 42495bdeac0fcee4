import { open, type FileHandle } from 'node:fs/promises';
import { EXCEL, POWERPOINT, WORD, type FileType } from './file-types.js';

/** Names of the main stream in a compound file ([MS-CFB] 2.6.1) that tell an old Office document from an installer. */
const MAIN_STREAMS: ReadonlyMap<string, FileType> = new Map([
  ['WordDocument', WORD],
  ['Workbook', EXCEL],
  ['Book', EXCEL],
  ['PowerPoint Document', POWERPOINT],
]);

/** [MS-CFB] 2.2: the header, and where in it the sector size, the first sector of the directory and the FAT are. */
const HEADER_BYTES = 512;
const SECTOR_SHIFT_AT = 30;
const DIRECTORY_START_AT = 48;
const FAT_SECTORS_AT = 76;

const ENTRY_BYTES = 128;
const NAME_LENGTH_AT = 64;

/** 64 sectors hold 256 entries or more; the main stream comes long before. */
const MOST_DIRECTORY_SECTORS = 64;

/** Which old Office document a compound file is; undefined for any other, and for a damaged one. */
export async function officeKindOf(path: string): Promise<FileType | undefined> {
  const file = await open(path, 'r');
  try {
    for await (const name of directoryNames(file)) {
      const kind = MAIN_STREAMS.get(name);
      if (kind) return kind;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

async function* directoryNames(file: FileHandle): AsyncGenerator<string> {
  const header = await read(file, 0, HEADER_BYTES);
  if (!header) return;
  const sectorBytes = 2 ** header.readUInt16LE(SECTOR_SHIFT_AT);
  if (sectorBytes !== 512 && sectorBytes !== 4096) return;
  let sector = header.readUInt32LE(DIRECTORY_START_AT);
  for (let count = 0; count < MOST_DIRECTORY_SECTORS; count += 1) {
    const entries = await read(file, (sector + 1) * sectorBytes, sectorBytes);
    if (!entries) return;
    for (let at = 0; at < sectorBytes; at += ENTRY_BYTES) {
      const bytes = Math.min(entries.readUInt16LE(at + NAME_LENGTH_AT), 64);
      yield entries.toString('utf16le', at, at + Math.max(0, bytes - 2));
    }
    const next = await nextSector(file, header, sector, sectorBytes);
    if (next === undefined) return;
    sector = next;
  }
}

/** Follows the file allocation table as far as the header names its sectors, which covers files up to 6.8 MB and more. */
async function nextSector(
  file: FileHandle,
  header: Buffer,
  sector: number,
  sectorBytes: number,
): Promise<number | undefined> {
  const perSector = sectorBytes / 4;
  const fatAt = FAT_SECTORS_AT + 4 * Math.floor(sector / perSector);
  if (fatAt + 4 > HEADER_BYTES) return undefined;
  const fat = await read(file, (header.readUInt32LE(fatAt) + 1) * sectorBytes, sectorBytes);
  return fat?.readUInt32LE(4 * (sector % perSector));
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
