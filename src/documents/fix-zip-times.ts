/** 1 January 1980, 00.00: the first moment a zip can name. */
const FIRST_MOMENT = 0x0021_0000;

const END_OF_DIRECTORY = 0x0605_4b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;

/**
 * Sets the time of every entry of a zip (APPNOTE 4.3) to the same one, so that equal contents are equal bytes. For archives made by
 * this product: no comment at the end, no Zip64.
 */
export function fixZipTimes(zip: Buffer): Buffer {
  const end = zip.length - END_LENGTH;
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('not a plain zip archive');
  const fixed = Buffer.from(zip);
  let at = fixed.readUInt32LE(end + 16);
  for (let left = fixed.readUInt16LE(end + 10); left > 0; left -= 1) {
    fixed.writeUInt32LE(FIRST_MOMENT, at + 12);
    fixed.writeUInt32LE(FIRST_MOMENT, fixed.readUInt32LE(at + 42) + 10);
    at += ENTRY_LENGTH + [28, 30, 32].reduce((sum, field) => sum + fixed.readUInt16LE(at + field), 0);
  }
  return fixed;
}
