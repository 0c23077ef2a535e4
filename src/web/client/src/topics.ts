import { later, listeners, onWindow } from './platform.js';
import type { Hub } from './hub.js';
import type { Session } from './session.js';
import type { Subscriptions } from './subscriptions.js';
import type { Person, Presence, Signal, Unsubscribe } from './types.js';

const RENEWED = 20_000; // The server forgets who has not said so for 30 s.

const LISTED = 200;

const path = (channel: string) => `/api/presence/${encodeURIComponent(channel)}`;

export interface Topics {
  signal(channel: string, name: string, data?: unknown): Promise<void>;
  onSignal(channel: string, listener: (signal: Signal) => void): Unsubscribe;
  presence<S>(channel: string, state?: S): Presence<S>;
}

/** Signals and presence: what is said goes by requests, what others say comes with the stream. */
export function createTopics(session: Session, hub: Hub, subscriptions: Subscriptions): Topics {
  function presence<S>(channel: string, state?: S): Presence<S> {
    const changed = listeners<[]>();
    const query = { holder: hub.tabs.id };
    let people: readonly Person<S>[] = [];
    let total = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let reads = 0;

    function show(next: readonly Person<S>[], all: number): void {
      people = next;
      total = all;
      changed.call();
    }

    async function read(): Promise<void> {
      const turn = ++reads;
      const { body } = await session.request<{ items: Person<S>[]; total: number }>('GET', path(channel), { query: { limit: LISTED } });
      if (!ended && turn === reads) {
        show(body.items, body.total);
      }
    }

    /** Says that this tab is there, and again before it is forgotten. */
    async function say(): Promise<void> {
      clearTimeout(timer);
      timer = later(RENEWED, () => void say().catch(() => {}));
      await session.request('PUT', path(channel), { body: { state, ...query } });
    }

    const leave = (keepalive: boolean) => session.send('DELETE', path(channel), { query, keepalive }).then(() => {}, () => {});

    const stops = [
      subscriptions.channel(channel),
      hub.on.control.add((control, change) => {
        if (control === 'presence' && change.channel === channel) {
          // A map keeps the place of who is in it already.
          const all = new Map(people.map(one => [one.id, one]));
          [...change.joined, ...change.updated].forEach(one => all.set(one.id, one));
          change.left.forEach((one: Person) => all.delete(one.id));
          show([...all.values()].slice(0, LISTED), change.total);
        }
      }),
      hub.on.live.add(() => void read().catch(() => {})),
      onWindow('pagehide pageshow resume', name => {
        if (state !== undefined) {
          name === 'pagehide' ? void leave(true) : void say().catch(() => {});
        }
      }),
    ];
    if (state !== undefined) {
      void say().then(read).catch(() => {});
    }

    return {
      get people() {
        return people;
      },
      get total() {
        return total;
      },
      onChange: changed.add,
      async update(next) {
        state = next;
        await say();
      },
      async leave() {
        ended = true;
        clearTimeout(timer);
        stops.forEach(stop => stop());
        if (state !== undefined) {
          await leave(false);
        }
      },
    };
  }

  return {
    async signal(channel, name, data) {
      await session.send('POST', `/api/channels/${encodeURIComponent(channel)}/signals`, { body: { name, ...(data !== undefined && { data }) } });
    },
    onSignal(channel, listener) {
      const stops = [
        subscriptions.channel(channel),
        hub.on.control.add((control, signal) => control === 'signal' && signal.channel === channel && listener(signal)),
      ];
      return () => stops.forEach(stop => stop());
    },
    presence,
  };
}
