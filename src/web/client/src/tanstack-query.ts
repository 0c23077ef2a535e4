import { subscribeByType, type ByTypeOptions } from './by-type.js';
import type { EventMap, EventOf, SkellyClient, SkellyEvent, TypePattern, Unsubscribe } from './types.js';

export type QueryKey = readonly unknown[];

/** The part of a QueryClient (version 5) that is used. */
export interface Queries {
  invalidateQueries(filters?: { queryKey: QueryKey }): Promise<unknown>;
  setQueryData(queryKey: any, updater: (old: any) => any): unknown;
  isFetching(filters: { queryKey: QueryKey; exact: boolean }): number;
}

/** What an event of one type, or of a family, changes. */
export interface QueryRule<E extends SkellyEvent = SkellyEvent> {
  /** A key whose queries are read again, or the keys of an event. */
  invalidate?: QueryKey | ((event: E) => readonly QueryKey[]);
  /** Changes data that were read, without a request. While the query is being read, it is read again instead: the answer may be older than the event. */
  patch?: {
    queryKey: QueryKey | ((event: E) => QueryKey);
    /** Returns the data after the event; it changes no argument. Reduce by ids: the event may be in the data already. */
    update: (old: any, event: E) => unknown;
  };
}

export type QueryRules<Events extends EventMap> = { readonly [P in TypePattern<Events>]?: QueryRule<EventOf<Events, P>> };

/**
 * Keeps queries of TanStack Query up to date until it is ended. After a gap, all queries of the rules are read again; those are all queries, if a rule names
 * keys by a function.
 */
export function syncQueries<Events extends EventMap = EventMap>(
  client: SkellyClient<Events>,
  queries: Queries,
  rules: QueryRules<Events>,
  options?: ByTypeOptions,
): Unsubscribe {
  const all = Object.values(rules) as QueryRule<any>[];
  const invalidate = invalidator(queries);
  const unsubscribe = subscribeByType<Events, QueryRule<any>>(client, rules as any, (rule, event) => apply(queries, rule, event, invalidate), options);
  const forget = client.onGap(() => all.flatMap(keysOf).forEach(invalidate));
  return () => {
    unsubscribe();
    forget();
  };
}

/* Events that arrive together cause one read. An empty key is that of all queries. */
function invalidator(queries: Queries): (key: QueryKey) => void {
  const waiting = new Map<string, QueryKey>();
  return key => {
    if (!waiting.size) {
      queueMicrotask(() => {
        const keys = [...waiting.values()];
        waiting.clear();
        // A read that fails is the query's own error.
        keys.forEach(queryKey => void queries.invalidateQueries({ queryKey }).catch(() => {}));
      });
    }
    waiting.set(JSON.stringify(key), key);
  };
}

function apply(queries: Queries, { invalidate, patch }: QueryRule<any>, event: SkellyEvent, read: (key: QueryKey) => void): void {
  if (patch) {
    const queryKey = typeof patch.queryKey === 'function' ? patch.queryKey(event) : patch.queryKey;
    if (queries.isFetching({ queryKey, exact: true })) {
      read(queryKey);
    } else {
      queries.setQueryData(queryKey, old => (old === undefined ? undefined : patch.update(old, event)));
    }
  }
  if (invalidate) {
    (typeof invalidate === 'function' ? invalidate(event) : [invalidate]).forEach(read);
  }
}

function keysOf({ invalidate, patch }: QueryRule<any>): QueryKey[] {
  return [invalidate, patch?.queryKey].filter(key => key !== undefined).map(key => (typeof key === 'function' ? [] : key));
}
