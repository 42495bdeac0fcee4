export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** One line of the live stream: identifiers only, the page fetches what it shows. */
export interface Change {
  topic:
    | ('ticket' | 'escalation' | 'appointment' | 'letter' | 'message')
    | ('mail' | 'staff' | 'settings' | 'channel');
  id: string;
  conversationId?: string;
  number?: string;
}
