/** Longest name in characters, ending included. */
const LONGEST = 120;

/** Given to a file whose name says nothing. */
const NAMELESS = 'berkas';

/** Control, invisible and direction-changing characters, lone surrogates, and what file systems refuse. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu;

/** The ending of a name, lower case, without its dot; '' when it has none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name.replace(UNWANTED, '').trim())?.[1]?.toLowerCase() ?? '';
}

/**
 * A name that is safe to show, to store and to send: no path, nothing invisible, at most 120 characters, with one of
 * the endings of its type.
 * @param allowed every ending that names some type: such an ending is replaced, any other stays part of the name
 */
export function cleanFileName(
  name: string,
  extensions: readonly [string, ...string[]],
  allowed: ReadonlySet<string>,
): string {
  const base = (name.split(/[/\\]/).at(-1) ?? '').replace(UNWANTED, '').replace(/\s+/g, ' ').trim();
  const given = extensionOf(base);
  const stem = allowed.has(given) ? base.slice(0, -given.length - 1) : base;
  const ending = `.${extensions.includes(given) ? given : extensions[0]}`;
  const trimmed = stem.replace(/^[.\s]+|[.\s]+$/g, '');
  return (
    (Array.from(trimmed)
      .slice(0, LONGEST - ending.length)
      .join('')
      .trimEnd() || NAMELESS) + ending
  );
}
