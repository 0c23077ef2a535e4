import type { FieldFault, Problem } from './types.js';

export function problem(status: number, code: string, detail: string, errors: readonly FieldFault[] = [], retryMs = 0): Problem {
  return Object.assign(new Error(detail || code), { name: 'Problem', status, code, errors, retryMs });
}

/** Returns a response that is no problem, and throws what the server says is wrong; a proxy's page has no words for it. */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) {
    return response;
  }
  const said = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get('Retry-After')) || 0;
  throw problem(response.status, said.code ?? 'http', said.detail ?? `status ${response.status}`, said.errors, seconds * 1000);
}

/** Whether a repeat may succeed: nothing answered, the server is busy, or something between failed. */
export const passing = ({ status }: Problem): boolean => !status || status === 408 || status === 429 || status >= 500;

/** A problem as tabs send it to each other: an error loses its fields on the way. */
export const plain = (failure: Problem) => ({ ...failure, message: failure.message });

export const revived = ({ status, code, message, errors, retryMs }: Problem): Problem => problem(status, code, message, errors, retryMs);
