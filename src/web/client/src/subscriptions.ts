import { backOff, batched, guard, later, remember } from './platform.js';
import { OWN } from './wants.js';
import type { Hub } from './hub.js';
import type { Settings } from './settings.js';
import type { Delivery, Problem, SkellyEvent, SubscribeOptions, Unsubscribe } from './types.js';

const FAMILY = '.*';

/** Reads a part of the history, oldest first. */
export type History = (types: readonly string[], options: { channels?: readonly string[] | undefined; since?: string | undefined }) => Promise<SkellyEvent[]>;

interface Subscription {
  key: string;
  types: readonly string[];
  options: SubscribeOptions<any>;
  handler: (event: any, delivery: Delivery) => void;
  live: boolean;
  /** What arrives while the state or the history is read; null when events pass through. */
  waiting: [SkellyEvent, string][] | null;
  /** The last event that the handler had, or what it began after. */
  since: string | undefined;
  /** The newest events that the handler had: the stream may be behind the history, and the cursor of a poll behind its events. */
  had: Set<string>;
  loads: number;
}

/** One subscription; `reload` reads its state or history again. */
export interface Subscribed {
  end: Unsubscribe;
  reload(): Promise<void>;
  /** Whether events wait for it. */
  loading(): boolean;
}

export interface Subscriptions {
  add(types: readonly string[], handler: (event: any, delivery: Delivery) => void, options?: SubscribeOptions<any>): Subscribed;
  /** Reads channels for signals and presence alone. */
  channel(name: string, onLive?: () => void): Unsubscribe;
  list(): { types: readonly string[]; channels: readonly string[] | undefined; live: boolean }[];
  close(): void;
}

export const fits = (types: readonly string[], type: string): boolean =>
  types.some(one => one === type || one === '*' || (one.endsWith(FAMILY) && type.startsWith(one.slice(0, -1))));

/** An event names its topics only: of other channels it cannot be told which one brought it. */
const reaches = (channels: readonly string[] | undefined, { topics }: SkellyEvent): boolean =>
  !channels || channels.some(channel => !channel.startsWith('topic:') || topics?.split(' ').includes(channel));

export function createSubscriptions(hub: Hub, history: History, settings: Settings): Subscriptions {
  const all = new Set<Subscription>();

  const tell = batched(() =>
    hub.want([...all].map(({ key, types, options }) => ({ key, types: [...types], channels: [...(options.channels ?? [OWN])] }))),
  );

  function pass(one: Subscription, event: SkellyEvent, cursor: string, replayed = false): void {
    const { filter, since } = one.options;
    if (!since || remember(one.had, event.id)) {
      one.since = cursor || one.since;
      if (!filter || filter(event)) {
        guard(() => one.handler(event, { cursor, replayed }));
      }
    }
  }

  /** Reads the state, or the events since the last one, and then passes what arrived meanwhile. */
  async function load(one: Subscription, attempt = 0): Promise<void> {
    const { options, types } = one;
    const turn = ++one.loads;
    one.waiting ??= [];
    const replaced = () => turn !== one.loads || !all.has(one);
    try {
      if (options.getState) {
        await options.getState(hub.cursor());
      } else {
        const events = await history(types, { channels: options.channels, since: one.since === 'earliest' ? undefined : one.since });
        if (!replaced()) {
          events.forEach(event => pass(one, event, (event as any).cursor, true));
        }
      }
      if (!replaced()) {
        const arrived = one.waiting ?? [];
        one.waiting = null;
        arrived.forEach(entry => pass(one, ...entry));
        guard(() => options.onLive?.());
      }
    } catch (error) {
      if (!replaced()) {
        fail(one, error as Problem);
        later(backOff(attempt, settings.retry), () => replaced() || void load(one, attempt + 1));
      }
    }
  }

  function fail({ options }: Subscription, error: Problem): void {
    guard(() => (options.onError ?? console.error)(error));
  }

  const reads = ({ options }: Subscription) => options.getState || options.since !== undefined;

  hub.on.event.add((event, cursor) => {
    for (const one of all) {
      if (fits(one.types, event.type) && reaches(one.options.channels, event)) {
        one.waiting ? one.waiting.push([event, cursor]) : pass(one, event, cursor);
      }
    }
  });
  hub.on.live.add(keys => {
    const known = new Set(keys);
    for (const one of all) {
      if (!one.live && known.has(one.key)) {
        one.live = true;
        reads(one) ? void load(one) : guard(() => one.options.onLive?.());
      }
    }
  });
  hub.on.gap.add(() => {
    for (const one of all) {
      if (one.live && reads(one)) {
        void load(one);
      }
    }
  });
  hub.on.refused.add((key, failure) => {
    for (const one of [...all]) {
      if (one.key === key) {
        all.delete(one);
        fail(one, failure);
      }
    }
    tell();
  });

  function add(types: readonly string[], handler: Subscription['handler'], options: SubscribeOptions<any> = {}): Subscribed {
    const one: Subscription = {
      key: JSON.stringify([types, options.channels]),
      types,
      options,
      handler,
      live: false,
      waiting: null,
      since: options.since,
      had: new Set(),
      loads: 0,
    };
    if (reads(one)) {
      one.waiting = [];
    }
    all.add(one);
    tell();
    return {
      end: () => all.delete(one) && tell(),
      reload: () => load(one),
      loading: () => !!one.waiting,
    };
  }

  return {
    add,
    channel: (name, onLive) => add([], () => {}, { channels: [name], onLive: onLive! }).end,
    list: () => [...all].map(({ types, options, live }) => ({ types, channels: options.channels, live })),
    close: () => all.clear(),
  };
}
