import type { ClientOptions } from './types.js';

/** The options with their defaults. */
export interface Settings {
  url: string;
  cookie: boolean;
  transport: NonNullable<ClientOptions['transport']>;
  tabs: boolean;
  offline: boolean;
  name: string;
  anonymous: boolean;
  fetch: typeof fetch;
  retry: { first: number; last: number };
}

const FIRST = 500;
const LAST = 20_000;

export function settings(options: ClientOptions & { retry?: Settings['retry'] }): Settings {
  const page = globalThis.location?.origin;
  const url = (options.url ?? '').replace(/\/+$/, '') || (page ?? '');
  return {
    url,
    cookie: options.session ? options.session === 'cookie' : !!page && url === page,
    transport: options.transport ?? 'auto',
    tabs: options.tabs ?? !!page,
    offline: options.offline ?? true,
    name: options.name ?? 'skelly',
    anonymous: options.anonymous ?? false,
    fetch: options.fetch ?? fetch.bind(globalThis),
    retry: options.retry ?? { first: FIRST, last: LAST },
  };
}
