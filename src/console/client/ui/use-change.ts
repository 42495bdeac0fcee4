import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { ApiError } from '../api/request.js';
import { toast, toastError } from './toast.js';

interface ChangeOptions<Answer, Input> {
  run: (input: Input) => Promise<Answer>;
  /** Query names that are stale afterwards. */
  refresh: readonly string[];
  /** What to say when it went well. */
  said?: (input: Input, answer: Answer) => string;
  onDone?: (answer: Answer, input: Input) => void;
}

/** Changes something on the server, says so, and fetches what it touched. Field errors stay with the form. */
export function useChange<Answer, Input = void>({
  run,
  refresh,
  said,
  onDone,
}: ChangeOptions<Answer, Input>): UseMutationResult<Answer, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (answer, input) => {
      for (const name of refresh) void client.invalidateQueries({ queryKey: [name] });
      if (said) toast(said(input, answer));
      onDone?.(answer, input);
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.fields.length > 0)) toastError(error);
    },
  });
}

/** The server's words about one field of the form that was sent last. */
export function fieldError(error: Error | null, path: string): string | undefined {
  return error instanceof ApiError ? error.field(path) : undefined;
}
