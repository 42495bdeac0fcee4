/** What an invoke is answered with; any other activity only with 200. */
export interface InvokeAnswer {
  statusCode: number;
  type: string;
  value: unknown;
}

/** What Teams shows above the card that was pressed. */
export function messageAnswer(text: string): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}
