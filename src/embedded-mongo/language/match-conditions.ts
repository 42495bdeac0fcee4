import type { Doc, Maybe } from '../bson/value.js';
import { visitPath } from './path.js';

interface FoundIndex {
  arrayIndex?: number | undefined;
}

/** Tests one value; may note the array element it found. */
export type ElementTest = (value: Maybe, found?: FoundIndex) => boolean;

/**
 * A condition on a path. `elements` says whether arrays at its end are tested element by element too.
 * A negation holds when its inner conditions do not all hold.
 */
export type Condition =
  | { readonly kind: 'test'; readonly elements: boolean; readonly test: ElementTest }
  | { readonly kind: 'not'; readonly inner: readonly Condition[] };

/** Whether a condition holds for some value the path leads to. */
export function holdsForPath(
  condition: Condition,
  document: Doc,
  path: readonly string[],
  found?: FoundIndex,
): boolean {
  if (condition.kind === 'not') return !condition.inner.every((inner) => holdsForPath(inner, document, path));
  return visitPath(document, path, condition.elements, (value, index) => {
    // A nested $elemMatch notes its own index, which the outermost array's overrides.
    const holds = condition.test(value, found);
    if (holds && found && index !== undefined) found.arrayIndex = index;
    return holds;
  });
}

/** Whether a condition holds for one array element taken by itself. */
export function holdsForElement(condition: Condition, value: Maybe): boolean {
  return condition.kind === 'not'
    ? !condition.inner.every((inner) => holdsForElement(inner, value))
    : condition.test(value);
}
