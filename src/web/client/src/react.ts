'use client';
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import { createClient } from './index.js';
import { connectionStore, eventsStore, keyOf, liveStore, notificationsStore, openedStore, presenceStore, useLatest, userStore, type LiveStore, type Store } from './react-stores.js';
import type {
  ClientOptions,
  Connection,
  Delivery,
  Emission,
  EmitOptions,
  EventMap,
  EventOf as MatchingEvents,
  LiveQuery,
  LiveQueryOptions,
  Notifications,
  Presence,
  Problem,
  SkellyClient,
  SkellyEvent,
  SubscribeOptions,
  TypeOf,
  TypePattern,
  User,
} from './types.js';

/** Names the event types of the application for all hooks: `declare module '@skelly/client/react' { interface Register { events: EventData } }`. */
export interface Register {}

/** What {@link Register} names. */
export type Events = Register extends { events: infer E extends EventMap } ? E : EventMap;

/** The events that a name or a family matches; `type` tells which it is. */
export type EventOf<P extends TypePattern<Events>> = MatchingEvents<Events, P>;

const Context = createContext<SkellyClient<any> | null | undefined>(undefined);

export type SkellyProviderProps =
  /** A client that the application made, and closes. */
  | { client: SkellyClient<any>; options?: undefined; children?: ReactNode }
  /** Makes a client in the browser only, after the first render, and closes it with the provider. */
  | { options: ClientOptions; client?: undefined; children?: ReactNode };

/** Gives a client to the hooks below it. */
export function SkellyProvider({ client, options, children }: SkellyProviderProps): ReactElement {
  const [made, setMade] = useState<SkellyClient | null>(null);
  useEffect(() => {
    if (client || !options) {
      return;
    }
    const mine = createClient(options);
    setMade(mine);
    return () => {
      setMade(null);
      mine.close();
    };
  }, [client, keyOf(options)]);
  return createElement(Context.Provider, { value: client ?? made }, children);
}

/** Returns the client of the provider; null on a server and in the first render, when the provider makes the client from options. */
export function useSkelly(): SkellyClient<Events> | null {
  const client = useContext(Context);
  if (client === undefined) {
    throw new Error('Skelly hooks need a SkellyProvider above them');
  }
  return client;
}

function must<T>(value: T | null): T {
  if (value === null) {
    throw new Error('the client of the SkellyProvider does not exist yet; it does in effects of the next render');
  }
  return value;
}

/* The store lives as long as the client and the key; it follows its source while the component is mounted, and opens nothing on a server. */
function useStore<S extends Store<any>>(make: (client: SkellyClient<any> | null) => S, key: unknown): S {
  const client = useSkelly();
  return useMemo(() => make(client), [client, key]);
}

function useValue<T>(store: Store<T>): T {
  return useSyncExternalStore(store._listen, store._read, store._initial);
}

export interface UseEventOptions<E extends SkellyEvent = SkellyEvent> extends SubscribeOptions<E> {
  /** Whether to subscribe; true by default. */
  enabled?: boolean;
}

/** Calls the handler of the latest render for each event while the component is mounted. */
export function useEvent<P extends TypePattern<Events>>(
  types: P | readonly P[],
  handler: (event: EventOf<P>, delivery: Delivery) => void,
  options: UseEventOptions<EventOf<P>> = {},
): void {
  const client = useSkelly();
  const latest = useLatest({ handler, options });
  const { channels, since, enabled = true, getState, onError } = options;
  useEffect(() => {
    if (!client || !enabled) {
      return;
    }
    return (client as SkellyClient<any>).subscribe(types as any, (event: any, delivery) => latest.current.handler(event, delivery), {
      ...(channels && { channels }),
      ...(since && { since }),
      ...(getState && { getState: after => latest.current.options.getState!(after) }),
      ...(onError && { onError: error => latest.current.options.onError?.(error) }),
      filter: (event: any) => latest.current.options.filter?.(event) ?? true,
      onLive: () => latest.current.options.onLive?.(),
    });
  }, [client, keyOf([types, channels, since, enabled, !getState, !onError])]);
}

export interface UseEventsOptions<E extends SkellyEvent = SkellyEvent> extends Pick<SubscribeOptions<E>, 'channels' | 'since' | 'filter' | 'onError'> {
  /** How many are kept; 100 by default. */
  limit?: number;
}

/** Returns the newest events, in the order of the log: the newest is the last. A new array after each event. */
export function useEvents<P extends TypePattern<Events>>(types: P | readonly P[], options: UseEventsOptions<EventOf<P>> = {}): readonly EventOf<P>[] {
  const latest = useLatest(options);
  const { channels, since, limit = 100 } = options;
  return useValue(useStore(client => eventsStore(client, types, latest), keyOf([types, channels, since, limit])));
}

export interface LiveControls<S> extends Pick<LiveQuery<S, Events>, 'emit' | 'optimistic'> {
  /** How many writes are not confirmed. */
  readonly pending: number;
  /** Whether the state was read. */
  readonly ready: boolean;
}

export interface UseLiveQueryOptions<S, P extends TypePattern<Events> = any> extends Omit<LiveQueryOptions<S, Events>, 'types' | 'reduce'> {
  /** What events change the state: names or families. */
  types: readonly P[];
  /** See {@link LiveQueryOptions.reduce}. */
  reduce: (state: S, event: EventOf<P>) => S;
  /** Reads the state anew when it changes, such as an id that `getState` uses. Changed types and channels do so by themselves. */
  key?: unknown;
}

/** Returns state that events change: of a query that lives with the component, or of one that was made elsewhere. */
export function useLiveQuery<S, P extends TypePattern<Events>>(
  source: UseLiveQueryOptions<S, P> | LiveQuery<S, Events>,
): readonly [S, LiveControls<S>] {
  const latest = useLatest(source);
  const store = useStore<LiveStore<S>>(
    client => ('get' in source ? openedStore(source) : liveStore(client, source.initial, latest as { readonly current: any })),
    'get' in source ? source : keyOf([source.key, source.types, source.channels]),
  );
  const [state, pending, ready] = useValue(store);
  const calls = useMemo(
    (): Pick<LiveControls<S>, 'emit' | 'optimistic'> => ({
      emit: (type, data, options) => must(store._open()).emit(type, data, options),
      optimistic: (apply, send) => must(store._open()).optimistic(apply, send),
    }),
    [store],
  );
  const controls = useMemo(() => ({ ...calls, pending, ready }), [calls, pending, ready]);
  return [state, controls];
}

export interface OptimisticStatus {
  /** How many writes of this hook the server has not answered. */
  readonly pending: number;
  /** The problem of the last write that has ended; null if it succeeded. */
  readonly error: Problem | null;
}

/**
 * Returns a function that shows a write on a live query at once and sends it, also when the query belongs to another component: give its controls, or the
 * query. A refusal takes back this write alone. (React's own `useOptimistic` ends with its action; this one ends when the stream has confirmed the write.)
 */
export function useOptimistic<S, V, A>(
  query: Pick<LiveQuery<S, any>, 'optimistic'>,
  apply: (state: S, value: V) => S,
  send: (value: V) => Promise<A>,
): readonly [(value: V) => Promise<A>, OptimisticStatus] {
  const latest = useLatest({ query, apply, send });
  const [status, setStatus] = useState<OptimisticStatus>({ pending: 0, error: null });
  const write = useCallback((value: V) => {
    const { query, apply, send } = latest.current;
    const end = (error: Problem | null) => setStatus(({ pending }) => ({ pending: pending - 1, error }));
    setStatus(({ pending, error }) => ({ pending: pending + 1, error }));
    const sent = query.optimistic(
      state => apply(state, value),
      () => send(value),
    );
    sent.then(() => end(null), end);
    return sent;
  }, []);
  return [write, status];
}

/** Returns who is present in a topic, and joins it when a state is given; leaves with the component. A changed state is sent. */
export function usePresence<S = any>(channel: string, state?: S): Pick<Presence<S>, 'people' | 'total' | 'update'> {
  const latest = useLatest(state);
  const store = useStore(client => presenceStore(client, channel, latest), keyOf([channel, state === undefined]));
  const content = keyOf(state);
  useEffect(() => store._send(state), [store, content]);
  const present = useValue(store);
  return useMemo(() => ({ ...present, update: (next: S) => must(store._presence()).update(next) }), [present, store]);
}

/** Returns the newest notifications of the person. */
export function useNotifications(): Pick<Notifications, 'items' | 'counts' | 'mark'> {
  const client = useSkelly();
  const held = useValue(useStore(notificationsStore, null));
  return useMemo(() => ({ ...held, mark: (ids, state) => must(client).notifications.mark(ids, state) }), [held, client]);
}

/** Returns a function that emits events; the same for each client. */
export function useEmit(): <T extends TypeOf<Events>>(type: T, data: Events[T], options?: EmitOptions) => Emission {
  const client = useSkelly();
  return useCallback((type, data, options) => must(client).emit(type, data, options), [client]);
}

/** Returns how events arrive. Rendered anew when state, transport or leader change, not at each cursor. */
export function useConnection(): Connection {
  return useValue(useStore(connectionStore, null));
}

/** Returns the signed-in person; null without one; undefined on a server, and until that is known. */
export function useUser(): User | null | undefined {
  return useValue(useStore(userStore, null));
}
