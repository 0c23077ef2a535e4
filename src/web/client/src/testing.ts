import { createClient } from './index.js';
import { createAccounts } from './testing-accounts.js';
import { incoming, pattern, refusal, type FakeAnswer, type FakeProblem, type FakeRequest, type Pattern } from './testing-http.js';
import { createLog, type Entry } from './testing-log.js';
import { createPeople } from './testing-people.js';
import { answer, routes, type Call, type Route } from './testing-routes.js';
import { createStreams } from './testing-streams.js';
import type { ClientOptions, EventMap, Notification, SkellyClient, SkellyEvent, TypeOf, User } from './types.js';

export type { FakeAnswer, FakeProblem, FakeRequest } from './testing-http.js';

export interface FakeOptions<Events extends EventMap> {
  /** The topics and other channels of emitted events by type, beside the emitter's own; as `channels` in the declaration of the type. */
  channels?: { readonly [T in TypeOf<Events>]?: (data: Events[T]) => readonly string[] };
  /** Types that declare `outcome`: `event.processed` follows the emitted event. */
  outcome?: readonly TypeOf<Events>[];
}

export interface DeliverOptions {
  /** Topics and other channels; every signed-in person's own by default. */
  channels?: readonly string[];
  subject?: string;
}

export interface FakeClientOptions extends Omit<ClientOptions, 'url' | 'fetch' | 'transport'> {
  /** The fake has no WebSockets. */
  transport?: 'auto' | 'sse' | 'poll';
  /** Who is signed in; `ada` by default, null for a client without a login. */
  user?: string | null;
  /** The roles of the person from now on; `user` at first. */
  roles?: readonly string[];
}

/** A route of the application; `deliver` writes events as part of the request, which confirms optimistic writes. */
export type FakeHandler<Events extends EventMap> = (
  request: FakeRequest & { readonly deliver: FakeSkelly<Events>['deliver'] },
) => Response | FakeAnswer | void | Promise<Response | FakeAnswer | void>;

/** A server in memory, for tests of components. */
export interface FakeSkelly<Events extends EventMap = EventMap> {
  /** In place of the global one: `createClient({ url: 'http://skelly.test', fetch: fake.fetch })`. */
  readonly fetch: typeof globalThis.fetch;
  /** Makes a signed-in client. Several of one person are like several tabs, without their common connection. */
  client(options?: FakeClientOptions): Promise<SkellyClient<Events>>;
  /** The person of a name such as `ada`. */
  user(name: string): User;
  /** Writes an event to the log, and sends it to its readers. */
  deliver<T extends TypeOf<Events>>(type: T, data: Events[T], options?: DeliverOptions): SkellyEvent<T, Events[T]>;
  /** Ends all streams, and tells their clients that events were lost. */
  gap(reason?: string): void;
  /** Ends all streams. Clients connect again. */
  drop(): void;
  /** The server cannot be reached from now on; with false it can. */
  offline(away: boolean): void;
  /** Every answer, or that to a path such as `POST /api/events`, takes so many milliseconds; 0 ends it. */
  delay(milliseconds: number): void;
  delay(path: string, milliseconds: number): void;
  /** Refuses an emitted event by its type, or a request by its path such as `PATCH /api/todos/{id}`: once, or always. */
  refuse(typeOrPath: string, problem: FakeProblem, times?: 'once' | 'always'): void;
  /** The answer to the next request to a path does not arrive; the server has handled the request. */
  lose(path: string): void;
  /** Answers a path of the application, such as `GET /api/todos` or `/api/todos/{id}`. The route that was added last is asked first. */
  on(path: string, handler: FakeHandler<Events>): void;
  /** Lets a person be present in a topic with a state, and leave it with null. */
  present(channel: string, user: string, state: object | null): void;
  /** Sends a signal of a person. */
  signal(channel: string, user: string, name: string, data?: unknown): void;
  /** Creates a notification. */
  notify(user: string, fields?: Partial<Notification>): Notification;
  /** All events, the oldest first. */
  readonly events: readonly SkellyEvent[];
  /** All requests, the oldest first. */
  readonly requests: readonly FakeRequest[];
  /**
   * Resolves when nothing is under way: no request without an answer, no event that a client did not take, no client that connects. Rejects after 5 s, or so
   * many milliseconds, and says what is.
   */
  settled(milliseconds?: number): Promise<void>;
  /** Closes all clients. */
  close(): void;
}

const ORIGIN = 'http://skelly.test';
const RETRY = { first: 2, last: 10 };
const SETTLE_MS = 5_000;
const QUIET_TURNS = 5;
const TURN_MS = 3; // All turns together are longer than the longest wait of a client.
const LINGER_MS = 1_000;

/* Also when a test replaces the timers. */
const { setTimeout: realTimeout, clearTimeout: clearRealTimeout } = globalThis;
const turn = () => new Promise<void>(resolve => void realTimeout(resolve, TURN_MS));

let made = 0;

/** Makes a server in memory. It knows no types: what the application emits is accepted, unless {@link FakeSkelly.refuse} says otherwise. */
export function fakeSkelly<Events extends EventMap = EventMap>(options: FakeOptions<Events> = {}): FakeSkelly<Events> {
  const log = createLog();
  const streams = createStreams(log);
  const accounts = createAccounts(log.id);
  const people = createPeople(log);
  const own: Route[] = [];
  const clients: SkellyClient<Events>[] = [];
  const requests: FakeRequest[] = [];
  const refusals: { key: string; path: Pattern | null; problem: FakeProblem; always: boolean }[] = [];
  const delays: { path: Pattern; milliseconds: number }[] = [];
  const losses: Pattern[] = [];
  const underWay = new Set<string>();
  let away = false;
  let lingering: ReturnType<typeof setTimeout> | undefined;

  function refused(fits: (one: (typeof refusals)[number]) => boolean): FakeProblem | undefined {
    const found = refusals.find(fits);
    if (found && !found.always) {
      refusals.splice(refusals.indexOf(found), 1);
    }
    return found?.problem;
  }

  function emitted({ event }: Entry, user: User): void {
    if ((options.outcome as readonly string[] | undefined)?.includes(event.type)) {
      const data = { eventId: event.id, eventType: event.type, emitter: user.id };
      log.append({ type: 'event.processed', data, channels: [`user:${user.id}`], correlation: event.correlationid });
    }
  }

  const all = (): Route[] => [
    ...own,
    ...people.routes,
    ...routes({
      log,
      streams,
      accounts,
      refused: type => refused(({ key }) => key === type),
      channels: (type, data) => options.channels?.[type as TypeOf<Events>]?.(data) ?? [],
      emitted,
    }),
  ];

  async function serve(call: Call): Promise<Response> {
    const problem = refused(({ path }) => !!path?.match(call.method, call.path));
    if (problem) {
      return refusal(problem);
    }
    const said = await answer(all(), call);
    if (call.method !== 'GET') {
      said.headers.set('X-Correlation-Id', call.correlation);
      if (said.ok && log.entries.some(({ event }) => event.correlationid === call.correlation)) {
        log.passed(call.user, call.correlation);
      }
    }
    return said;
  }

  /* The timers of clients do not keep Node alive, but who waits for an emission wants the next attempt. */
  function linger(): void {
    clearRealTimeout(lingering);
    lingering = realTimeout(() => {}, LINGER_MS);
  }

  /* The way of a request: it takes its time, and a network that is away loses it. */
  async function travel(method: string, path: string): Promise<void> {
    const milliseconds = delays.find(delay => delay.path.match(method, path))?.milliseconds;
    if (milliseconds) {
      await new Promise(resolve => setTimeout(resolve, milliseconds));
    }
    if (away) {
      throw new TypeError('Failed to fetch');
    }
  }

  async function handle(input: RequestInfo | URL, init: RequestInit | undefined, signal: AbortSignal | null): Promise<Response> {
    const request = await incoming(input, init);
    const { method, path } = request;
    const name = `${method} ${path}`;
    const live = name === 'GET /api/stream';
    const seen = { ...request, params: {}, user: accounts.authenticate(request.headers.get('Authorization')) };
    requests.push(seen);
    linger();
    const entry = live ? '' : `${name} (request ${requests.length})`;
    underWay.add(entry);
    try {
      await travel(method, path);
      const said = await serve({ ...seen, signal, correlation: log.id() });
      const lost = losses.findIndex(one => one.match(method, path));
      if (lost >= 0) {
        losses.splice(lost, 1);
        throw new TypeError('Failed to fetch');
      }
      return said;
    } finally {
      underWay.delete(entry);
    }
  }

  function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const signal = init?.signal ?? (typeof input === 'object' && 'signal' in input ? input.signal : null);
    if (signal?.aborted) {
      return Promise.reject(signal.reason);
    }
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal!.reason);
      signal?.addEventListener('abort', abort);
      handle(input, init, signal)
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener('abort', abort));
    });
  }

  function busy(): string[] {
    const connecting = away ? [] : clients.filter(({ connection: { state } }) => state === 'connecting' || state === 'waiting');
    return [
      ...[...underWay].filter(Boolean),
      ...(streams.unread() ? ['events on a stream'] : []),
      ...connecting.map(({ connection: { state } }) => `a client that is ${state}`),
    ];
  }

  function write(type: string, data: unknown, { channels, subject }: DeliverOptions = {}, correlation?: string): SkellyEvent<any, any> {
    return log.append({ type, data, channels, subject, correlation }).event;
  }

  return {
    fetch,
    async client({ user = 'ada', roles, ...rest } = {}) {
      const fixed = { url: ORIGIN, fetch, retry: RETRY };
      const client = createClient<Events>({ session: 'token', tabs: false, offline: false, name: `fake-${++made}`, ...rest, ...fixed });
      clients.push(client);
      await client.started;
      if (user !== null) {
        const { email } = accounts.person(user, roles);
        await client.login({ email, password: accounts.password(email) });
      }
      return client;
    },
    user: name => accounts.person(name),
    deliver: (type, data, to) => write(type, data, to),
    gap(reason = 'expired') {
      streams.end();
      log.lose(reason);
    },
    drop: () => streams.end(),
    offline(now) {
      away = now;
      linger();
      if (now) {
        streams.end(new TypeError('network error'));
      }
    },
    delay(path: string | number, milliseconds?: number) {
      delays.unshift(typeof path === 'number' ? { path: pattern('/*'), milliseconds: path } : { path: pattern(path), milliseconds: milliseconds ?? 0 });
    },
    refuse(key, problem, times = 'once') {
      refusals.push({ key, path: key.includes('/') ? pattern(key) : null, problem, always: times === 'always' });
    },
    lose: path => void losses.push(pattern(path)),
    on(path, handler) {
      own.unshift({
        pattern: pattern(path),
        handler: call => handler({ ...call, deliver: (type, data, to) => write(type, data, to, call.correlation) }),
        open: true,
      });
    },
    present: (channel, user, state) => people.present(channel, accounts.person(user), state, 'fake'),
    signal: (channel, user, name, data) => people.signal(channel, accounts.person(user), name, data),
    notify: (user, fields = {}) => people.notify(accounts.person(user), fields),
    get events() {
      return log.entries.map(({ event }) => event);
    },
    requests,
    async settled(milliseconds = SETTLE_MS) {
      let late = false;
      const timer = realTimeout(() => (late = true), milliseconds);
      try {
        for (let quiet = 0; quiet < QUIET_TURNS; ) {
          await turn();
          const left = busy();
          quiet = left.length ? 0 : quiet + 1;
          if (late) {
            throw new Error(`after ${milliseconds} ms there is still: ${left.join(', ') || 'new work'}`);
          }
        }
      } finally {
        clearRealTimeout(timer);
      }
    },
    close() {
      clients.splice(0).forEach(client => client.close());
      clearRealTimeout(lingering);
    },
  };
}
