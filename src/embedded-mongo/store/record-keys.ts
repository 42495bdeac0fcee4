/** Keys of the documents and keys tables: a 32-bit id of the collection or index first. */
export function prefix(id: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(id);
  return out;
}

export function documentKey(collectionId: number, record: number): Buffer {
  const out = Buffer.allocUnsafe(10);
  out.writeUInt32BE(collectionId);
  out.writeUIntBE(record, 4, 6);
  return out;
}

export function recordBytes(record: number): Buffer {
  const out = Buffer.allocUnsafe(6);
  out.writeUIntBE(record, 0, 6);
  return out;
}
