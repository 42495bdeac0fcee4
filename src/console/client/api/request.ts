import { t } from '../text/text.js';

const BASE = '/api/v1';

/** The server refused or could not be reached (`status` 0). `message` is fit for the reader. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly { path: string; message: string }[] = [],
    /** Seconds to wait, where the server says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** What the server says about one field, e.g. `answer`. */
  field(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }
}

interface Options {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * One call of the REST API.
 * @throws ApiError
 */
export async function request<Answer>(
  path: string,
  { method = 'GET', body, signal }: Options = {},
): Promise<Answer> {
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : { 'x-requested-with': 'dering' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'offline', t('error.offline'));
  }
  if (!response.ok) throw await readError(response);
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

async function readError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  return errorFrom(response.status, text, response.headers.get('retry-after'));
}

interface ErrorBody {
  error?: { code?: string; message?: string; fields?: { path: string; message: string }[] };
}

/** Reads the error body the API promises; anything else becomes a plain sentence with the status. */
export function errorFrom(status: number, text: string, retryAfter: string | null): ApiError {
  let body: ErrorBody = {};
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    // A proxy's HTML page: the status says enough.
  }
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return new ApiError(
    status,
    body.error?.code ?? 'unknown',
    body.error?.message ?? t('error.status', { status }),
    body.error?.fields ?? [],
    Number.isFinite(seconds) ? seconds : null,
  );
}

/** Where the browser fetches a stored file. @param from path of a collection that not only agents may read */
export function fileUrl(fileId: string, { inline = false, from = '/files' } = {}): string {
  return `${BASE}${from}/${encodeURIComponent(fileId)}${inline ? '?inline=1' : ''}`;
}

/** Where the browser itself opens something of the API, e.g. a paper to print. */
export function apiUrl(path: string): string {
  return BASE + path;
}

/** Where the browser fetches a mail as it was sent. */
export function mailSourceUrl(id: string): string {
  return `${BASE}/mails/${encodeURIComponent(id)}/source`;
}
