/** What the list of the desk can show; the server knows the same names. */
export const DESK_VIEWS = ['open', 'mine', 'submitted', 'closed'] as const;
export type DeskView = (typeof DESK_VIEWS)[number];
