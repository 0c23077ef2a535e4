import type { FieldFault, User } from './types.js';

/** A request as the fake server sees it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  /** What `{name}` in the pattern of the route stands for. */
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The parsed JSON; a text if it is none; undefined without a body. */
  readonly body: any;
  /** The signed-in person; null without one. */
  readonly user: User | null;
}

/** What a fake route answers: status 200, or 204 without a body, unless it says otherwise. */
export interface FakeAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What is wrong, as the server says it. */
export interface FakeProblem {
  /** 422 by default. */
  status?: number;
  code: string;
  detail?: string;
  errors?: readonly FieldFault[];
  /** Milliseconds to wait before a retry, in whole seconds. */
  retryMs?: number;
}

export interface Pattern {
  match(method: string, path: string): { [name: string]: string } | null;
}

/** Compiles `/api/todos/{id}`, `PATCH /api/todos/{id}` or `/api/*`. */
export function pattern(text: string): Pattern {
  const [, method, path] = /^(?:([A-Z]+) )?(\/.*)$/.exec(text) ?? [];
  if (!path) {
    throw new TypeError(`"${text}" is no path; it begins with / or with a method, such as "PATCH /api/todos/{id}"`);
  }
  const names: string[] = [];
  const source = path
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\{(\w+)\}/g, (_, name: string) => (names.push(name), '([^/]+)'));
  const regexp = new RegExp(`^${source}$`);
  return {
    match(asked, at) {
      const found = !method || method === asked ? regexp.exec(at) : null;
      return found && Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]));
    },
  };
}

export function response({ body, headers, status = body === undefined ? 204 : 200 }: FakeAnswer): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { ...(body !== undefined && { 'Content-Type': type }), 'Cache-Control': 'no-store', ...headers },
  });
}

export function refusal({ status = 422, code, detail = code, errors = [], retryMs }: FakeProblem): Response {
  const body = { type: `/problems/${code}`, title: code, status, detail, code, errors };
  return response({ status, body, ...(retryMs && { headers: { 'Retry-After': String(Math.ceil(retryMs / 1000)) } }) });
}

/** Reads what `fetch` is called with. */
export async function incoming(input: RequestInfo | URL, init: RequestInit = {}): Promise<Omit<FakeRequest, 'params' | 'user'>> {
  const request = typeof input === 'object' && 'url' in input ? input : null;
  const { pathname, searchParams } = new URL(request ? request.url : String(input), 'http://skelly.test');
  const text = init.body === undefined || init.body === null ? await request?.clone().text() : await new Response(init.body).text();
  return {
    method: (init.method ?? request?.method ?? 'GET').toUpperCase(),
    path: pathname,
    query: searchParams,
    headers: new Headers(init.headers ?? request?.headers),
    body: text ? parsed(text) : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
