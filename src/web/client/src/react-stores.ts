import { useInsertionEffect, useRef } from 'react';
import type { Connection, LiveQuery, LiveQueryOptions, Notifications, Presence, SkellyClient, SkellyEvent, SubscribeOptions, Unsubscribe, User } from './types.js';

/** A value outside of React, in the shape of useSyncExternalStore. Follows its source from the first listener to the last. */
export interface Store<T> {
  _listen(changed: () => void): Unsubscribe;
  /** The same object until something changes. */
  _read(): T;
  /** What a server renders, and the browser first. */
  _initial(): T;
}

type Client = SkellyClient<any> | null;
interface Latest<T> {
  readonly current: T;
}

const nothing = () => {};

/** Equal keys have equal contents; functions are left out. */
export const keyOf = (value: unknown): string => JSON.stringify(value) ?? '';

/** Holds the value of the latest render that was shown. */
export function useLatest<T>(value: T): Latest<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}

function same(one: any, other: any): boolean {
  return Object.keys(other).every(name => Object.is(one[name], other[name]));
}

/* Keeps the object while its fields stay the same, as useSyncExternalStore demands. */
function store<T extends object>(initial: T, read: () => T, listen: (changed: () => void) => Unsubscribe): Store<T> {
  let held = initial;
  return {
    _listen: listen,
    _read() {
      const next = read();
      return same(held, next) ? held : (held = next);
    },
    _initial: () => initial,
  };
}

export function eventsStore<E extends SkellyEvent>(
  client: Client,
  types: any,
  latest: Latest<Pick<SubscribeOptions<E>, 'channels' | 'since' | 'filter' | 'onError'> & { limit?: number }>,
): Store<readonly E[]> {
  const initial: readonly E[] = [];
  let events = initial;
  let cursor: string | undefined;
  return {
    _listen(changed) {
      const { channels, since, onError } = latest.current;
      // A component that is shown again continues where it was hidden.
      const from = cursor ?? since;
      return (
        client?.subscribe(
          types,
          (event, delivery) => {
            cursor = delivery.cursor;
            events = [...events, event as E].slice(-(latest.current.limit ?? 100));
            changed();
          },
          {
            ...(channels && { channels }),
            ...(from && { since: from }),
            ...(onError && { onError: error => latest.current.onError?.(error) }),
            filter: event => latest.current.filter?.(event as E) ?? true,
          },
        ) ?? nothing
      );
    },
    _read: () => events,
    _initial: () => initial,
  };
}

type LiveSnapshot<S> = readonly [state: S, pending: number, ready: boolean];

export interface LiveStore<S> extends Store<LiveSnapshot<S>> {
  /** The query; null without a client. */
  _open(): LiveQuery<S, any> | null;
}

const snapshot = <S>(query: LiveQuery<S, any>): LiveSnapshot<S> => [query.get(), query.pending, query.ready];

/** A query that lives as long as it has a listener. */
export function liveStore<S>(client: Client, first: S, latest: Latest<LiveQueryOptions<S, any>>): LiveStore<S> {
  const initial: LiveSnapshot<S> = [first, 0, false];
  let query: LiveQuery<S, any> | null = null;
  function open() {
    const { types, channels, initial, getState, timeout, onError } = latest.current;
    return (query ??=
      client &&
      client.live<S, any>({
        types,
        initial,
        reduce: (state, event) => latest.current.reduce(state, event),
        ...(channels && { channels }),
        ...(getState && { getState: after => latest.current.getState!(after) }),
        ...(timeout !== undefined && { timeout }),
        ...(onError && { onError: error => latest.current.onError?.(error) }),
      }));
  }
  return {
    ...store(
      initial,
      () => (query ? snapshot(query) : initial),
      changed => {
        const off = open()?.onChange(changed);
        return () => {
          off?.();
          query?.close();
          query = null;
        };
      },
    ),
    _open: open,
  };
}

/** A query that its maker closes. */
export function openedStore<S>(query: LiveQuery<S, any>): LiveStore<S> {
  return {
    ...store(
      snapshot(query),
      () => snapshot(query),
      changed => query.onChange(changed),
    ),
    _open: () => query,
  };
}

type Present<S> = Pick<Presence<S>, 'people' | 'total'>;

export interface PresenceStore<S> extends Store<Present<S>> {
  _presence(): Presence<S> | null;
  /** Sends a state, unless it was sent already. */
  _send(state: S | undefined): void;
}

/** Joins with the latest state, or only follows when there is none. */
export function presenceStore<S>(client: Client, channel: string, latest: Latest<S | undefined>): PresenceStore<S> {
  const alone: Present<S> = { people: [], total: 0 };
  let presence: Presence<S> | null = null;
  let sent = '';
  return {
    ...store(
      alone,
      () => (presence ? { people: presence.people, total: presence.total } : alone),
      changed => {
        sent = keyOf(latest.current);
        const mine = (presence = client && client.presence<S>(channel, latest.current));
        const off = mine?.onChange(changed);
        return () => {
          off?.();
          mine?.leave().catch(nothing);
          presence = null;
        };
      },
    ),
    _presence: () => presence,
    _send(state) {
      if (presence && state !== undefined && keyOf(state) !== sent) {
        sent = keyOf(state);
        presence.update(state).catch((error: unknown) => console.error(error));
      }
    },
  };
}

const NO_NOTIFICATIONS: Pick<Notifications, 'items' | 'counts'> = { items: [], counts: { total: 0, unread: 0, unseen: 0 } };

export const notificationsStore = (client: Client): Store<Pick<Notifications, 'items' | 'counts'>> =>
  store(
    NO_NOTIFICATIONS,
    () => (client ? { items: client.notifications.items, counts: client.notifications.counts } : NO_NOTIFICATIONS),
    changed => client?.notifications.onChange(changed) ?? nothing,
  );

const NO_CONNECTION: Connection = { state: 'idle', transport: null, leader: false, cursor: null };

export const connectionStore = (client: Client): Store<Connection> => {
  let held = NO_CONNECTION;
  return {
    _listen: changed => client?.onConnection(changed) ?? nothing,
    _read() {
      const { state, transport, leader, cursor } = client?.connection ?? NO_CONNECTION;
      if (held.state !== state || held.transport !== transport || held.leader !== leader) {
        held = { state, transport, leader, cursor };
      }
      return held;
    },
    _initial: () => NO_CONNECTION,
  };
};

export const userStore = (client: Client): Store<User | null | undefined> => ({
  _listen: changed => client?.onUser(changed) ?? nothing,
  _read: () => client?.user,
  _initial: () => undefined,
});
