import { subscribeByType, type ByTypeOptions } from './by-type.js';
import type { EventMap, EventOf, SkellyClient, TypePattern, Unsubscribe } from './types.js';

/** The part of a Zustand store that is used. */
export interface StateStore<S> {
  setState(partial: Partial<S> | ((state: S) => Partial<S>)): void;
}

/** For each event type or family: what an event changes, or how it changes the state. Nothing changes when it returns undefined. */
export type StateHandlers<S, Events extends EventMap> = {
  readonly [P in TypePattern<Events>]?: (event: EventOf<Events, P>) => Partial<S> | ((state: S) => Partial<S>) | undefined | void;
};

/** Applies events to a Zustand store until it is ended. Reduce by ids: an event may be in a state that was read already. */
export function applyEvents<S, Events extends EventMap = EventMap>(
  client: SkellyClient<Events>,
  store: StateStore<S>,
  handlers: StateHandlers<S, Events>,
  options?: ByTypeOptions,
): Unsubscribe {
  return subscribeByType<Events, (event: any) => Partial<S> | ((state: S) => Partial<S>) | undefined | void>(
    client,
    handlers as any,
    (handler, event) => {
      const change = handler(event);
      if (change) {
        store.setState(change);
      }
    },
    options,
  );
}
