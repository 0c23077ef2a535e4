import type { Delivery, SkellyClient, SkellyEvent, SubscribeOptions } from '../src/types.js';

interface Subscription {
  types: string[];
  handler: (event: SkellyEvent, delivery: Delivery) => void;
  options: SubscribeOptions;
}

/** A client that only remembers what was subscribed to. */
export interface Recorded {
  client: SkellyClient<any>;
  /** Those that are open. */
  open: Subscription[];
  /** How many there were. */
  count(): number;
  /** Sends an event to all. */
  send(type: string, data: unknown): void;
  /** Tells of lost events. */
  gap(): void;
}

export function recorded(): Recorded {
  const open: Subscription[] = [];
  const gaps = new Set<(gap: { reason: string }) => void>();
  let count = 0;
  let sent = 0;
  const client = {
    subscribe(types: string | readonly string[], handler: Subscription['handler'], options: SubscribeOptions = {}) {
      const mine = { types: [types].flat() as string[], handler, options };
      count++;
      open.push(mine);
      return () => void open.splice(open.indexOf(mine), 1);
    },
    onGap(listener: (gap: { reason: string }) => void) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
  };
  return {
    client: client as unknown as SkellyClient<any>,
    open,
    count: () => count,
    send(type, data) {
      const event = { specversion: '1.0', id: `id-${++sent}`, source: '/', type, subject: 's', time: '', data };
      open.filter(one => one.options.filter?.(event) ?? true).forEach(one => one.handler(event, { cursor: `c${sent}`, replayed: false }));
    },
    gap: () => gaps.forEach(listener => listener({ reason: 'expired' })),
  };
}
