/** What a nota dinas states; names of posts and all words in Indonesian. */
export interface NotaDinasData {
  number: string;
  /** yyyy-MM-dd. */
  date: string;
  addressees: readonly string[];
  /** Post of whoever signs: the sender (Dari). */
  from: string;
  copies: readonly string[];
  subject: string;
  /** Paragraphs parted by empty lines; "1. …" begins an item, indented "label : value" lines stand below each other. */
  body: string;
  signer: { name: string; at: Date };
  /** Who initialled it (paraf), in their order. */
  initials: readonly { post: string; name: string; at: Date }[];
}
