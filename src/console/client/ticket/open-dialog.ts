/** Which window stands over the ticket. */
export type OpenDialog = 'resolve' | 'close' | 'assign' | 'escalate' | null;
