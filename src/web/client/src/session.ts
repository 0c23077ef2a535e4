import { later, listeners, lock } from './platform.js';
import { checked, problem } from './problem.js';
import type { Settings } from './settings.js';
import type { Answer, RequestOptions, Unsubscribe, User } from './types.js';

const TIMEOUT = 30_000;
const NONE = { token: '', life: 0, expires: 0 };
const LEFT = 5_000; // A token with less than this left may expire on its way.
const EARLY = 0.2; // of its life before its end a token is renewed.

export interface SendOptions extends RequestOptions {
  /** The response is a stream: it may last. */
  live?: boolean;
  keepalive?: boolean;
}

/** What tabs tell each other about the session. */
export interface SessionMessage {
  user: User | null;
  token: string;
  life: number;
  expires: number;
}

export interface Session {
  user(): User | null | undefined;
  started: Promise<User | null>;
  onUser(listener: (user: User | null) => void): Unsubscribe;
  /** Returns a response with a status below 400; rejects with a problem. */
  send(method: string, path: string, options?: SendOptions): Promise<Response>;
  request<T>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  register(fields: object): Promise<void>;
  login(fields: object): Promise<User>;
  logout(): Promise<void>;
  /** What is done before a logout, while there is still a session. */
  leaving: Set<() => Promise<unknown>>;
  /** Renews the token if it is due: timers do not run while a machine sleeps. */
  check(): void;
  receive(message: SessionMessage): void;
  /** The present token, for what leaves with the page. */
  token(): string;
  close(): void;
}

interface Stored {
  user: User;
  refreshToken?: string | undefined;
}

/** The id of the request that made an answer or its body; optimistic writes are confirmed by it. */
export const correlations = new WeakMap<object, string>();

export function createSession(o: Settings, post: (message: SessionMessage) => void): Session {
  const key = `${o.name}:session`;
  const changed = listeners<[User | null]>();
  const leaving: Session['leaving'] = new Set();
  let user: User | null | undefined;
  let stored: Stored | null = null; // Where there is no storage.
  let token = '';
  let life = 0;
  let expires = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewing: Promise<void> | undefined;

  function read(): Stored | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null');
    } catch {
      return stored;
    }
  }

  function write(next: Stored | null): void {
    stored = next;
    try {
      next ? localStorage.setItem(key, JSON.stringify(next)) : localStorage.removeItem(key);
    } catch {
      // It lasts as long as the page.
    }
  }

  function adopt(next: SessionMessage): void {
    const before = JSON.stringify(user);
    ({ user, token, life, expires } = next);
    clearTimeout(timer);
    if (token) {
      // Each tab at another time: the first one renews it for all.
      timer = later(Math.max(0, expires - Date.now() - life * EARLY * (1 + Math.random())), check);
    }
    if (JSON.stringify(user) !== before) {
      changed.call(user);
    }
  }

  function tell(next: SessionMessage): void {
    adopt(next);
    post(next);
  }

  function enter(said: { user: User; accessToken: string; expiresIn: number; refreshToken?: string }): User {
    write({ user: said.user, refreshToken: said.refreshToken });
    const span = said.expiresIn * 1000;
    tell({ user: said.user, token: said.accessToken, life: span, expires: Date.now() + span });
    return said.user;
  }

  function end(): void {
    write(null);
    tell({ user: null, ...NONE });
  }

  async function raw(method: string, path: string, { body, headers, query, signal, live, keepalive }: SendOptions = {}): Promise<Response> {
    const cut = new AbortController();
    const limit = live ? undefined : setTimeout(() => cut.abort(), TIMEOUT);
    const abort = () => cut.abort();
    signal?.aborted ? abort() : signal?.addEventListener('abort', abort);
    const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
    try {
      return await o.fetch(o.url + path + (asked.length ? `?${new URLSearchParams(asked as string[][])}` : ''), {
        method,
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        credentials: o.cookie ? 'same-origin' : 'omit',
        cache: 'no-store',
        signal: cut.signal,
        keepalive: !!keepalive,
        body: JSON.stringify(body) ?? null,
      });
    } catch (error) {
      throw problem(0, signal?.aborted ? 'aborted' : cut.signal.aborted ? 'timeout' : 'network', String(error));
    } finally {
      clearTimeout(limit);
      live || signal?.removeEventListener('abort', abort);
    }
  }

  /** Replaces a token that is no longer good. One tab does it for all, because a refresh token works once. */
  function renew(stale: string): Promise<void> {
    return (renewing ??= lock(key, async () => {
      const kept = read();
      if (token !== stale) {
        return; // Another tab was first.
      }
      if (!kept) {
        return end();
      }
      token = '';
      const response = await raw('POST', '/api/auth/refresh', { body: { refreshToken: kept.refreshToken } });
      if (response.status === 401) {
        end();
      } else {
        enter(await (await checked(response)).json());
      }
    }).finally(() => (renewing = undefined)));
  }

  function check(): void {
    if (user && Date.now() > expires - life * EARLY * 2) {
      renew(token).catch(() => {}); // The next request tries again.
    }
  }

  async function send(method: string, path: string, options?: SendOptions, again = false): Promise<Response> {
    await started;
    if (user && Date.now() > expires - LEFT) {
      await renew(token);
    }
    const used = token;
    const response = await raw(method, path, options);
    if (response.status === 401 && used && !again) {
      await renew(used); // Rights changed, or the session has ended.
      return send(method, path, options, true);
    }
    return checked(response);
  }

  async function parsed<T>(response: Response): Promise<Answer<T>> {
    const { status, headers } = response;
    const body = /json/.test(headers.get('Content-Type')!) ? await response.json() : (await response.text()) || undefined;
    const answer: Answer<T> = { status, headers, body };
    const correlation = headers.get('X-Correlation-Id');
    for (const one of [answer, body]) {
      if (correlation && one && typeof one === 'object') {
        correlations.set(one, correlation);
      }
    }
    return answer;
  }

  const open = async (path: string, body: object) => (await parsed<any>(await checked(await raw('POST', path, { body })))).body;

  const started = (async () => {
    const kept = read();
    if (!kept) {
      adopt({ user: null, ...NONE });
    } else {
      // Without a network the person is still the same; the first request with one shows whether the session is.
      await renew('').catch(() => adopt({ user: kept.user, ...NONE }));
    }
    return user ?? null;
  })();

  return {
    user: () => user,
    started,
    onUser(listener) {
      if (user !== undefined) {
        listener(user);
      }
      return changed.add(listener);
    },
    send,
    request: async (method, path, options) => parsed(await send(method, path, options)),
    register: fields => open('/api/auth/register', fields),
    async login(fields) {
      await started;
      token = '';
      return enter(await open('/api/auth/login', { ...fields, ...(!o.cookie && { session: 'token' }) }));
    },
    async logout() {
      await Promise.all([...leaving].map(leave => leave()));
      await send('POST', '/api/auth/logout').catch(() => {}); // Signed out here in any case.
      end();
    },
    leaving,
    check,
    receive: adopt,
    token: () => token,
    close: () => clearTimeout(timer),
  };
}
