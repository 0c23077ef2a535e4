import type { EventMap, SkellyClient, SkellyEvent, SubscribeOptions, TypePattern, Unsubscribe } from './types.js';

export type ByTypeOptions = Pick<SubscribeOptions, 'channels' | 'since' | 'onError'>;

/** Whether a type is of a name, of a family such as `user.*`, or `*`. */
export function matches(pattern: string, type: string): boolean {
  return pattern === type || pattern === '*' || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
}

/** Calls `each` for every entry whose pattern matches an event. One subscription serves all of them, so that events keep the order of the log. */
export function subscribeByType<Events extends EventMap, R>(
  client: Pick<SkellyClient<Events>, 'subscribe'>,
  entries: { readonly [pattern: string]: R },
  each: (entry: R, event: SkellyEvent) => void,
  options: ByTypeOptions = {},
): Unsubscribe {
  const patterns = Object.keys(entries);
  return client.subscribe(
    patterns as TypePattern<Events>[],
    event => patterns.filter(pattern => matches(pattern, event.type)).forEach(pattern => each(entries[pattern]!, event)),
    options,
  );
}
