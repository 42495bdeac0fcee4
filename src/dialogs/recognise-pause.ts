/** Words that carry nothing: somebody needs a moment, or laughs, or returns thanks. */
export type Pause = 'hold' | 'smile';

const HOLD =
  /^(?:(?:ok|oke|baik|iya|ya|eh|maaf|mohon)[ ,]+)*(?:sebentar|bentar|sbntr|tunggu|tunggu sebentar|wait|hold on|one moment|just a moment|a moment)(?:[ ,]+(?:ya|dulu|dl|bu|pak|min|kak|saya|sy|lagi|mau|cek|lihat|liat|cari|carikan|tanya|tanyakan|datanya|nomornya|please|a|moment|let|me|check|i|will))*[.! ]*$/iu;
const SMILE =
  /^(?:(?:wk){2,}w?|sama[ -]sama|you'?re welcome|w(?:k)+|(?:h[aei]){2,}h?|(?:x[ix])+|lol|h+m+|o+h+|\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D .!])+$/iu;

const LONGEST = 80;

export function recognisePause(text: string): Pause | undefined {
  const said = text.trim();
  if (said === '' || said.length > LONGEST) return undefined;
  if (HOLD.test(said)) return 'hold';
  return SMILE.test(said) ? 'smile' : undefined;
}
