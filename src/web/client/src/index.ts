import type { ClientOptions, EventMap, SkellyClient } from './types.js';

export type * from './types.js';

/** Stands here until the client does. */
export function createClient<Events extends EventMap = EventMap>(options: ClientOptions = {}): SkellyClient<Events> {
  throw new Error(`no client for ${options.url ?? 'this page'} yet`);
}
