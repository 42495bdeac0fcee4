import { forgetOldest } from '../forget-oldest.js';
import type { ChatLine, WebChatPorts } from './types.js';

/** One open page. */
export interface Viewer {
  line(line: ChatLine): void;
  /** What became of one of the visitor's own messages. */
  state(id: string, state: ChatLine['state']): void;
  ping(): void;
  end(): void;
}

/** What one page has been shown. */
export interface View {
  viewer: Viewer;
  /** Lines shown, with their state. */
  known: Map<string, ChatLine['state']>;
  /** The newest line shown, or the one the page said it has. */
  highest: string | undefined;
}

type History = WebChatPorts['history'];

/** Lines read at each change. A line that commits after its successor is still found, as long as it is among these. */
const WINDOW = 50;
/** Lines remembered per page; more than WINDOW, so that none in the window is shown twice. */
const REMEMBERED = 4 * WINDOW;
const CATCH_UP_PAGE = 100;

/** Shows every page of one visitor what it lacks: what lies behind its newest line, new lines, changed states. */
export async function refreshViews(
  address: string,
  views: ReadonlySet<View>,
  history: History,
): Promise<void> {
  const newest = await history(address, { limit: WINDOW });
  for (const view of views) {
    if (hasGap(view, newest)) await catchUp(address, view, history);
    for (const line of newest.items) show(view, line);
  }
}

async function catchUp(address: string, view: View, history: History): Promise<void> {
  let after = view.highest ?? null;
  while (after !== null) {
    const page: Awaited<ReturnType<History>> = await history(address, { after, limit: CATCH_UP_PAGE });
    for (const line of page.items) show(view, line);
    after = page.next;
  }
}

/** Lines lie between what the page has and the oldest line just read. */
function hasGap({ highest }: View, newest: { items: ChatLine[]; next: string | null }): boolean {
  const oldest = newest.items[0];
  return highest !== undefined && newest.next !== null && oldest !== undefined && oldest.id > highest;
}

function show(view: View, line: ChatLine): void {
  const shown = view.known.get(line.id);
  if (shown === undefined) view.viewer.line(line);
  else if (shown !== line.state && line.direction === 'in') view.viewer.state(line.id, line.state);
  if (view.highest === undefined || line.id > view.highest) view.highest = line.id;
  view.known.delete(line.id);
  view.known.set(line.id, line.state);
  forgetOldest(view.known, REMEMBERED);
}
