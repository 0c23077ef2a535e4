import { subscribeByType, type ByTypeOptions } from './by-type.js';
import type { EventMap, EventOf, SkellyClient, TypePattern, Unsubscribe } from './types.js';

/** The part of a Redux store that is used. */
export interface ActionStore {
  dispatch(action: any): unknown;
}

/** For each event type or family: the action, or thunk, of an event. Nothing is dispatched when it returns undefined. */
export type ActionCreators<Events extends EventMap> = {
  readonly [P in TypePattern<Events>]?: (event: EventOf<Events, P>) => unknown;
};

/** Dispatches an action for each event until it is ended, such as `{ 'user.updated': event => updateUser(event.data) }`. */
export function dispatchEvents<Events extends EventMap = EventMap>(
  client: SkellyClient<Events>,
  store: ActionStore,
  creators: ActionCreators<Events>,
  options?: ByTypeOptions,
): Unsubscribe {
  return subscribeByType<Events, (event: any) => unknown>(
    client,
    creators as any,
    (creator, event) => {
      const action = creator(event);
      if (action) {
        store.dispatch(action);
      }
    },
    options,
  );
}
