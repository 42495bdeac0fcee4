import type { Doc } from '../bson/value.js';

/** A DBRef ({$ref, $id}) is a value, although its names start with a dollar. */
export const isReference = (value: Doc): boolean => {
  const [first, second] = value.keys();
  return first === '$ref' && second === '$id';
};
