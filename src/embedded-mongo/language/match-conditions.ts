import { type Doc, isDoc, type Maybe } from '../bson/value.js';
import { refusal } from '../mongo-error.js';
import { visitPath } from './path.js';

/** Where the positional operator $ points after a match. */
export interface Found {
  arrayIndex?: number | undefined;
  /** Several conditions point to different places; which of them counts depends on how the server orders them. */
  ambiguous?: boolean;
}

function notePosition(found: Found | undefined, index: number | undefined): void {
  if (!found || index === undefined) return;
  if (found.arrayIndex !== undefined && found.arrayIndex !== index) found.ambiguous = true;
  found.arrayIndex = index;
}

/** The position that $ stands for, if any. */
export function positionOf(found: Found | undefined): number | undefined {
  if (found?.ambiguous) throw refusal('the positional $ where several conditions match an array', 2);
  return found?.arrayIndex;
}

/** Tests one value; may note the array element it found. */
export type ValueTest = (value: Maybe, found?: Found) => boolean;

/**
 * A condition on a path. `elements` says whether arrays at its end are tested element by element too.
 * A negation holds when its inner conditions do not all hold.
 */
export type Condition =
  | { readonly kind: 'test'; readonly elements: boolean; readonly test: ValueTest }
  | { readonly kind: 'not'; readonly inner: readonly Condition[] };

/** A condition on the value itself, or on any element when it is an array. */
export const onElements = (test: ValueTest): Condition => ({ kind: 'test', elements: true, test });
/** A condition on the value only. */
export const onWhole = (test: ValueTest): Condition => ({ kind: 'test', elements: false, test });
export const not = (inner: readonly Condition[]): Condition => ({ kind: 'not', inner });

/**
 * Whether a condition holds for some value the path leads to. `narrowed`: of mixed arrays the server may have dropped
 * all but the documents.
 */
export function holdsForPath(
  condition: Condition,
  document: Doc,
  path: readonly string[],
  narrowed: boolean,
  found?: Found,
): boolean {
  if (condition.kind === 'not')
    return !condition.inner.every((inner) => holdsForPath(inner, document, path, narrowed));
  return visitPath(document, path, condition.elements, (value, index, beside) => {
    // A nested $elemMatch notes its own index, which the outermost array's overrides.
    const inner: Found | undefined = found && {};
    const holds = condition.test(value, inner);
    if (holds && beside && narrowed)
      throw refusal(`comparing ${path.join('.')} with null through mixed arrays after other stages`, 2);
    if (holds) notePosition(found, index ?? inner?.arrayIndex);
    return holds;
  });
}

/** Whether a condition holds for one array element taken by itself. */
export const holdsForElement = (condition: Condition, value: Maybe): boolean =>
  condition.kind === 'not'
    ? !condition.inner.every((inner) => holdsForElement(inner, value))
    : condition.test(value);

/** The first operator of an object of operators; undefined for values, among them DBRefs ({$ref, $id}). */
export function operatorOf(operand: Maybe): string | undefined {
  if (!isDoc(operand)) return undefined;
  const [first, second] = operand.keys();
  return first?.startsWith('$') && !(first === '$ref' && second === '$id') ? first : undefined;
}
