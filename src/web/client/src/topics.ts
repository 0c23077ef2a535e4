import { later, listeners, onWindow, uuid } from './platform.js';
import { passing } from './problem.js';
import type { Hub } from './hub.js';
import type { Session } from './session.js';
import type { Subscriptions } from './subscriptions.js';
import type { Person, Presence, Problem, Signal, Unsubscribe } from './types.js';

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
    const query = { holder: uuid() };
    let people: readonly Person<S>[] = [];
    let total = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: Promise<unknown> = Promise.resolve();

    function show(next: readonly Person<S>[], all: number): void {
      people = next;
      total = all;
      changed.call();
    }

    /** One request after the other, so that no join overtakes a leave. */
    const inTurn = (run: () => Promise<unknown>) => (last = last.then(run, run));

    /** Says that this page is there, and again before it is forgotten; reads who else is. */
    const refresh = () =>
      inTurn(async () => {
        clearTimeout(timer);
        if (!stops.length || !session.user()) {
          return;
        }
        const joined = state !== undefined;
        try {
          const { body } = await session.request<any>(joined ? 'PUT' : 'GET', path(channel), joined ? { body: { state, ...query } } : {});
          if (joined) {
            timer = later(RENEWED, again);
          }
          show(body.items, body.total);
        } catch (error) {
          if (passing(error as Problem)) {
            timer = later(RENEWED, again);
          }
          throw error;
        }
      });
    const again = () => void refresh().catch(() => {});

    const leave = async () => {
      clearTimeout(timer);
      if (state !== undefined && session.user()) {
        await session.send('DELETE', path(channel), { query, keepalive: true }).catch(() => {});
      }
    };
    session.leaving.add(leave);

    let stops = [
      subscriptions.channel(channel, again),
      hub.on.control.add((control, change) => {
        if (control === 'presence' && change.channel === channel) {
          // A map keeps the place of who is in it already.
          const all = new Map(people.map(one => [one.id, one]));
          [...change.joined, ...change.updated].forEach(one => all.set(one.id, one));
          change.left.forEach((one: Person) => all.delete(one.id));
          show([...all.values()].slice(0, LISTED), change.total);
        }
      }),
      hub.on.connection.add(({ state }) => state === 'live' && again()),
      onWindow('pagehide pageshow resume', name => (name === 'pagehide' ? void leave() : again())),
      () => session.leaving.delete(leave),
    ];

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
        await refresh();
      },
      async leave() {
        stops.forEach(stop => stop());
        stops = [];
        await inTurn(leave);
      },
    };
  }

  return {
    async signal(channel, name, data) {
      await session.send('POST', `/api/channels/${encodeURIComponent(channel)}/signals`, { body: { name, data } });
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
