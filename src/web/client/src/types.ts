import type { EventMap, EventOf, SkellyEvent, TypeOf, TypePattern } from './events.js';
import type { Notifications, Presence, Signal, Unsubscribe, User } from './people.js';

export * from './events.js';
export * from './people.js';

/** A fault of one field of a request. */
export interface FieldFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A failed request: what the server answered (RFC 9457), or `network` and `timeout`, with status 0, if it did not. */
export interface Problem extends Error {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** A word for programs, such as `invalid-input`. */
  readonly code: string;
  /** All faults of an input at once; empty if there are none. */
  readonly errors: readonly FieldFault[];
  /** Milliseconds to wait before a retry; 0 if the server named none. */
  readonly retryMs: number;
}

export interface ClientOptions {
  /** The server's origin, such as `https://api.example.org`; the page's own by default. */
  url?: string;
  /** `cookie` for pages of the server's own origin (the default there), `token` for other origins, apps and Node. */
  session?: 'cookie' | 'token';
  /** `auto` (the default) uses SSE, and polling where something between buffers streams. */
  transport?: 'auto' | 'sse' | 'websocket' | 'poll';
  /** One connection for all tabs of this browser; true by default, but false where there is no page, as on a server. */
  tabs?: boolean;
  /** Emissions are kept in IndexedDB until the server has them; true by default. */
  offline?: boolean;
  /** Separates clients of one origin that must not share session, connection and outbox; `skelly` by default. */
  name?: string;
  /** Reads the channel `public` without a login; the server must allow it (`stream.anonymous`). */
  anonymous?: boolean;
  /** Sends the requests; the global `fetch` by default. */
  fetch?: typeof globalThis.fetch;
}

/** How the events arrive. */
export interface Connection {
  /**
   * `idle`: there is nothing to receive; `connecting`; `live`; `waiting`: for the next attempt; `offline`: the browser has no network; `signed-out`: no
   * session; `closed`.
   */
  readonly state: 'idle' | 'connecting' | 'live' | 'waiting' | 'offline' | 'signed-out' | 'closed';
  /** The transport that is used; null before the first attempt. */
  readonly transport: 'sse' | 'websocket' | 'poll' | null;
  /** Whether this tab holds the connection of all tabs. */
  readonly leader: boolean;
  /** Everything up to here has arrived in this tab; null before the first connection. */
  readonly cursor: string | null;
}

/** Events were lost to the stream; state that was built from events must be read again. */
export interface Gap {
  /** `expired`, `other-log`, `too-far` or `forbidden`, as the server says, or `tab` when a tab slept longer than the others remember. */
  readonly reason: string;
}

/** What arrived beside an event. */
export interface Delivery {
  /** Continue from here by `since`. */
  readonly cursor: string;
  /** Whether it was read from the history. */
  readonly replayed: boolean;
}

export interface SubscribeOptions<E extends SkellyEvent = SkellyEvent> {
  /**
   * Topics such as `topic:list/1`, or other channels; without them the person's own channels. Without them, events of topics that this browser reads for
   * another subscription arrive, too.
   */
  channels?: readonly string[];
  /** Passes only the events for which it returns true. */
  filter?: (event: E) => boolean;
  /** A cursor, or `earliest`: delivers the events after it first, then live ones, without a gap. */
  since?: string;
  /**
   * Reads the state that the events change: called when the subscription is live, and again after a gap. Events wait until it has resolved; none is missed
   * between state and events, and one may be in both. `after` is a cursor for `?after=`, so that the read includes everything that arrived before. A
   * rejection is reported to `onError` and tried again.
   */
  getState?: (after: string | null) => Promise<unknown>;
  /** Called when the subscription is live, and its state was read. */
  onLive?: () => void;
  /** Called when the server refuses the subscription, or the state cannot be read. By default the error goes to the console. */
  onError?: (error: Problem) => void;
}

export interface EmitOptions {
  /** What the event is about, such as `order:1`. */
  subject?: string;
  /** A channel beside the declared ones. */
  channel?: string;
  /** A UUID. By default one is made. An id that is sent again has no second effect. */
  id?: string;
}

/** The server has the event. */
export interface Accepted {
  readonly id: string;
  /** Cursor of the write, for `?after=`. */
  readonly position: string;
  /** `skelly.passed` has the same. */
  readonly correlation: string;
}

/** One emitted event on its way. */
export interface Emission {
  readonly id: string;
  /** Resolves after the commit, also when that is after a reload or hours offline. Rejects with {@link Problem} when the server refuses the event. */
  readonly accepted: Promise<Accepted>;
  /**
   * Resolves when every worker that reacts to the event is done with it; rejects with code `failed` when one gave up. Only for types that declare `outcome`;
   * for others it stays open. It is read from the stream from the first use of this property on.
   */
  readonly processed: Promise<void>;
}

/** A response of the server that is no problem. */
export interface Answer<T = any> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; a text if it is none; undefined if there is none. */
  readonly body: T;
}

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Query parameters; undefined ones are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  signal?: AbortSignal;
}

export interface LiveQueryOptions<S, Events extends EventMap, P extends TypePattern<Events> = TypePattern<Events>> {
  /** What events change the state: names or families. */
  types: readonly P[];
  /** See {@link SubscribeOptions.channels}. */
  channels?: readonly string[];
  /** The state before anything was read. */
  initial: S;
  /**
   * Reads the state; `after` is a cursor for `?after=`. Without it, the state is `initial` reduced over the whole history of these types and channels.
   */
  getState?: (after: string | null) => Promise<S>;
  /**
   * Returns the state after an event; it changes no argument. An event may be in the state already, and emissions of one's own arrive first with
   * `pending: true`: reduce by ids, so that a second time changes nothing.
   */
  reduce: (state: S, event: EventOf<Events, P>) => S;
  /** Milliseconds after which an accepted write that the stream did not confirm is read from the server; 10,000 by default. */
  timeout?: number;
  onError?: (error: Problem) => void;
}

/** State that events change, with the writes of this page that are not confirmed yet on top. Ends by `close`. */
export interface LiveQuery<S, Events extends EventMap = EventMap> {
  /** The state with all pending writes; the same object until something changes. */
  get(): S;
  /** Whether the state was read; false before, and when a gap makes it being read again. */
  readonly ready: boolean;
  /** How many writes are not confirmed. */
  readonly pending: number;
  onChange(listener: () => void): Unsubscribe;
  /** Emits an event and reduces it at once, with `pending: true`. A refusal takes back this event alone. Survives a reload with the outbox. */
  emit<T extends TypeOf<Events>>(type: T, data: Events[T], options?: EmitOptions): Emission;
  /**
   * Shows a write at once: `apply` runs on top of the state until the stream has passed what `send` wrote. `send` returns what the server answered, such as
   * `() => client.request('PATCH', …)`. The promise is that of `send`; its rejection takes this write alone back.
   */
  optimistic<A>(apply: (state: S) => S, send: () => Promise<A>): Promise<A>;
  close(): void;
}

/** A client of one server. */
export interface SkellyClient<Events extends EventMap = EventMap> {
  /** The signed-in person; null without one; undefined until {@link SkellyClient.started} has resolved. */
  readonly user: User | null | undefined;
  /** Resolves with the person of an earlier session, or null. Never rejects; without a network it waits. */
  readonly started: Promise<User | null>;
  /** Called at once, unless the client is starting, and after each login and logout in any tab. */
  onUser(listener: (user: User | null) => void): Unsubscribe;
  /** Creates an account; a login follows by {@link SkellyClient.login}. Where that would tell who has an account, a mail says how to go on. */
  register(fields: { email: string; password: string; name?: string }): Promise<void>;
  login(fields: { email: string; password: string }): Promise<User>;
  /** Ends the session in all tabs, also if the server cannot be told. */
  logout(): Promise<void>;

  /** Sends a request with the session, renewed if needed. Rejects with {@link Problem}. */
  request<T = any>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  /** Reads all visible events of types and channels after a cursor, oldest first. */
  history<P extends TypePattern<Events>>(
    types: P | readonly P[],
    options?: { channels?: readonly string[] | undefined; since?: string | undefined },
  ): Promise<EventOf<Events, P>[]>;

  /** Calls the handler for each event, once and in the order of the log. An error of a handler goes to the console and stops nothing. */
  subscribe<P extends TypePattern<Events>>(
    types: P | readonly P[],
    handler: (event: EventOf<Events, P>, delivery: Delivery) => void,
    options?: SubscribeOptions<EventOf<Events, P>>,
  ): Unsubscribe;
  /** Emits an event: at once, or when the server can be reached. Emissions are sent in their order, one tab after the other. */
  emit<T extends TypeOf<Events>>(type: T, data: Events[T], options?: EmitOptions): Emission;
  /** Emits an event about the use of the page: in batches, without an answer, at the latest when the page is hidden. May be lost. */
  track<T extends TypeOf<Events>>(type: T, data: Events[T]): void;
  /** Tells those who read a topic now. */
  signal(channel: string, name: string, data?: unknown): Promise<void>;
  onSignal(channel: string, listener: (signal: Signal) => void): Unsubscribe;
  /** Follows who is present in a topic, and joins it when a state is given. */
  presence<S = any>(channel: string, state?: S): Presence<S>;
  readonly notifications: Notifications;
  /** State that events change, with optimistic writes. */
  live<S, P extends TypePattern<Events> = TypePattern<Events>>(options: LiveQueryOptions<S, Events, P>): LiveQuery<S, Events>;

  readonly connection: Connection;
  onConnection(listener: (connection: Connection) => void): Unsubscribe;
  onGap(listener: (gap: Gap) => void): Unsubscribe;
  /** Ends the connection, unless other tabs need it, and all subscriptions. */
  close(): void;
}
