/** A link is left as it is; the star of bold touches the word inside and no word outside, as in the live chat. */
const MARK = /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu;

/**
 * `*bold*` in the XML that Teams reads (`textFormat: 'xml'`). Not in its Markdown, which has no way to write every sign as
 * itself: here three signs are escaped, and nothing that a person wrote can become a mark.
 */
export function formatText(marked: string): string {
  let xml = '';
  let from = 0;
  for (const match of marked.matchAll(MARK)) {
    const [, bold] = match;
    if (bold === undefined) continue;
    xml += `${escapeXml(marked.slice(from, match.index))}<b>${escapeXml(bold)}</b>`;
    from = match.index + match[0].length;
  }
  return xml + escapeXml(marked.slice(from));
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br/>');
}
