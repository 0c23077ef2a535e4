import { batched, later, listeners } from './platform.js';
import { passing } from './problem.js';
import { correlations } from './session.js';
import { fits, type Subscriptions } from './subscriptions.js';
import type { Hub } from './hub.js';
import type { Outbox } from './outbox.js';
import type { Emission, EmitOptions, EventMap, LiveQuery, LiveQueryOptions, Problem, SkellyEvent } from './types.js';

const PASSED_MAX = 500;
const TIMEOUT = 10_000;

/** One write that is shown and not confirmed. */
interface Layer<S> {
  apply: (state: S) => S;
  /** Of the emitted event. */
  id?: string;
  /** Of the request, once the server has answered. */
  correlation?: string;
  due?: boolean;
}

export interface LiveParts {
  hub: Hub;
  subscriptions: Subscriptions;
  outbox: Outbox;
  emit(type: string, data: unknown, options?: EmitOptions): Emission;
}

/**
 * Invariant: what is shown is the state that the server's events made, with the unconfirmed writes on top, and a write is taken off in the same moment in
 * which the state has it, or in which it is known that the server does not have it. So no row that was shown vanishes and returns.
 */
export function createLive<S, Events extends EventMap>(
  { hub, subscriptions, outbox, emit }: LiveParts,
  { types, channels, initial, getState, reduce, timeout = TIMEOUT, onError }: LiveQueryOptions<S, Events>,
): LiveQuery<S, Events> {
  const changed = listeners<[]>();
  let base = initial;
  let layers: Layer<S>[] = [];
  let shown = initial;
  let ready = false;
  let passed: string[] = []; // An answer may come after what it is confirmed by.

  const tell = batched(changed.call);

  function change(): void {
    shown = layers.reduce((state, layer) => layer.apply(state), base);
    tell();
  }

  function remove(which: (layer: Layer<S>) => boolean): void {
    layers = layers.filter(layer => !which(layer));
    change();
  }

  /** Reads what the server has, and only then takes a write off whose end is not known. */
  function read(layer: Layer<S>): void {
    if (!layers.includes(layer)) {
      return; // It has ended since.
    }
    layer.due = true; // Another read that begins before this one has ended takes it off as well.
    const due = layers.filter(one => one.due);
    void subscription.reload().then(() => {
      if (!subscription.loading()) {
        remove(one => due.includes(one));
      } else {
        later(timeout, () => read(layer));
      }
    });
  }

  /** The server has it: it stays until the stream has passed it. */
  function accepted(layer: Layer<S>, correlation: string | undefined): void {
    layer.correlation = correlation!;
    later(correlation ? timeout : 0, () => read(layer));
    confirm();
  }

  /** Takes off what the stream has passed, unless the events are still waiting. */
  function confirm(): void {
    if (!subscription.loading()) {
      remove(({ correlation }) => !!correlation && passed.includes(correlation));
    }
  }

  function provisional(id: string, type: string, data: unknown, subject?: string): Layer<S> {
    const event = { specversion: '1.0', id, source: '', type, subject: subject ?? '', time: new Date().toISOString(), data, pending: true };
    return { id, apply: state => reduce(state, event as SkellyEvent<any, any>) };
  }

  const subscription = subscriptions.add(
    types,
    (event: SkellyEvent<any, any>) => {
      base = reduce(base, event);
      remove(layer => layer.id === event.id);
    },
    {
      channels: channels!,
      ...(getState
        ? {
            async getState(after) {
              ready = false;
              base = await getState(after);
            },
          }
        : { since: 'earliest' }),
      onLive() {
        ready = true;
        change();
        confirm();
      },
      onError: onError!,
    },
  );

  const stops = [
    subscription.end,
    hub.on.control.add((control, data) => {
      if (control === 'passed') {
        passed = [...passed.slice(1 - PASSED_MAX), data.correlation];
        confirm();
      }
    }),
    outbox.onOutcome.add(({ id, accepted: done }) => {
      const layer = layers.find(one => one.id === id);
      if (layer) {
        done ? accepted(layer, done.correlation) : remove(one => one === layer);
      }
    }),
  ];

  // What was emitted before a reload is still shown.
  void outbox.pending().then(entries => {
    const known = new Set(layers.map(layer => layer.id));
    const earlier = entries.filter(({ id, type, channel }) => fits(types, type) && !known.has(id) && (!channel || !channels || channels.includes(channel)));
    if (earlier.length) {
      layers = [...earlier.map(({ id, type, data, subject }) => provisional(id, type, data, subject)), ...layers];
      change();
    }
  });

  return {
    get: () => shown,
    get ready() {
      return ready;
    },
    get pending() {
      return layers.length;
    },
    onChange: changed.add,
    emit(type, data, options) {
      const emission = emit(type, data, options);
      layers = [...layers, provisional(emission.id, type, data, options?.subject)];
      change();
      return emission;
    },
    async optimistic(apply, send) {
      const layer: Layer<S> = { apply };
      layers = [...layers, layer];
      change();
      try {
        const answer = await send();
        const object = answer as { correlation?: string } | null | undefined;
        accepted(layer, object?.correlation ?? (object && typeof object === 'object' ? correlations.get(object) : undefined));
        return answer;
      } catch (error) {
        // Without an answer the server may have it all the same.
        passing(error as Problem) && 'status' in (error as object) ? read(layer) : remove(one => one === layer);
        throw error;
      }
    },
    close() {
      stops.forEach(stop => stop());
      layers = [];
    },
  };
}
