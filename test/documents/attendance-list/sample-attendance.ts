import { crc32, deflateSync } from 'node:zlib';
import type { AttendanceListData } from '../../../src/documents/attendance-list/attendance-list-data.js';

interface Drawing {
  width?: number;
  height?: number;
  colour?: number;
  /** Replaces the compressed rows. */
  rows?: Buffer;
  /** Of each row. */
  filter?: number;
  extra?: readonly [type: string, data: Buffer][];
}

/** A signature as a canvas writes it: a slanting stroke on nothing. */
export function signaturePng(drawing: Drawing = {}): Buffer {
  const { width = 120, height = 40, colour = 6, filter = 0, extra = [] } = drawing;
  const pixel = colour === 6 ? 4 : 3;
  const rows = Buffer.alloc(height * (1 + width * pixel));
  for (let y = 0; y < height; y += 1) {
    const row = y * (1 + width * pixel);
    rows[row] = filter;
    for (let x = 3 * y; x < Math.min(width, 3 * y + 6); x += 1) rows[row + 1 + x * pixel + 3] = 255;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colour, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...extra.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', drawing.rows ?? deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function attendance(changes: Partial<AttendanceListData> = {}): AttendanceListData {
  return {
    number: 'DJPK-2026-000123',
    madeAt: new Date('2026-03-05T10:05:00+07:00'),
    startsAt: new Date('2026-03-05T09:00:00+07:00'),
    endsAt: new Date('2026-03-05T10:00:00+07:00'),
    room: 'Ruang VC lantai 3',
    agency: 'BPKAD Kabupaten Gowa',
    region: 'Kabupaten Gowa',
    purpose: 'Rekonsiliasi DAK Fisik tahap II',
    guests: [
      { name: 'Sari Contoh, S.E.', position: 'Kepala Bidang Anggaran', signature: signaturePng() },
      { name: 'Budi Misal', position: null, signature: null },
    ],
    consultant: { name: 'Rina Contoh', position: 'Analis', signature: null },
    ...changes,
  };
}
