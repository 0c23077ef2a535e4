import { backOff, later } from './platform.js';
import { poll, sse, websocket, type Line, type Terms, type Transport } from './transports.js';
import { ALL, createWants, keyOf, type Want } from './wants.js';
import type { Frame } from './frames.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';
import type { Connection, Problem } from './types.js';

const HELLO = 7_000; // A stream that says nothing for so long is held up by something between.
const POLLED = 300_000; // After so long a stream is tried again.

export interface LinkEvents {
  frame(frame: Frame): void;
  state(state: Connection['state'], transport: Connection['transport']): void;
  /** Everything of these keys is read from now on. */
  live(keys: string[]): void;
  /** The server refuses one subscription. */
  refused(key: string, problem: Problem): void;
}

export interface Link {
  /** Reads what these ask for, on the open connection if there is one. */
  want(wants: Want[]): void;
  start(): void;
  stop(): void;
  /** Tries now: the network is back, the page is seen, the session is another one. */
  kick(): void;
  /** Begins again from another cursor, from now without one; `missed` while some tab misses events from there on. */
  restart(cursor: string | null, missed?: boolean): void;
  cursor: string | null;
}

const NOTHING: Terms = { types: [], channels: [] };
const TRANSPORTS: Record<string, Transport> = { sse, websocket, poll };
const less = (all: string[], some: string[]) => all.filter(one => !some.includes(one));

/** The one connection to the server: opened while something is wanted, and again after every end. */
export function createLink(session: Session, settings: Settings, on: LinkEvents): Link {
  const wants = createWants(session, on.refused);
  let running = 0; // Counts the starts; 0 while stopped.
  let starts = 0;
  let cut: AbortController | undefined;
  let wake: (() => void) | undefined;
  let id = '';
  let connection: string | undefined; // The id, while it can be changed.
  let catching = false; // The connection reads again what some tab has not had.
  let opened: Want[] = []; // What the open connection was asked for,
  let reads: Terms = NOTHING; // and what it reads: perhaps more.
  let changing = false;
  let failures = 0;
  let silent = 0; // Streams that were held up.
  let pollSince = 0;
  let heard = 0;
  let beat = HELLO;
  let retry: number | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let kind: Connection['transport'] = null;
  let idle = false;
  let again = false; // The last connection ended for another one with other terms.

  function accept(list: Want[], its: Terms): void {
    opened = list;
    reads = its;
    wants.accept(list);
    on.live(list.map(keyOf));
  }

  /** Makes the open connection read what is wanted, one change after the other. */
  async function change(): Promise<void> {
    while (connection && running) {
      const next = wants.target();
      const is = wants.terms(next);
      // A connection that reads all types does so until it ends.
      const types = reads.types.includes(ALL) ? reads.types : is.types;
      const add = { types: less(types, reads.types), channels: less(is.channels, reads.channels) };
      const remove = { types: types.includes(ALL) ? [] : less(reads.types, types), channels: less(reads.channels, is.channels) };
      const known = new Set(opened.map(keyOf));
      const fresh = next.some(want => !known.has(want.key));
      if (!next.length) {
        return cut?.abort();
      }
      if (!fresh && !remove.types.length && !remove.channels.length) {
        return;
      }
      try {
        on.live(next.map(keyOf).filter(key => known.has(key))); // What is to be removed is not live any more.
        if ([add, remove].some(({ types, channels }) => types.length || channels.length)) {
          await session.request('POST', `/api/stream/${connection}/subscriptions`, { body: { add, remove } });
        }
        accept(next, { types, channels: is.channels });
      } catch (error) {
        if (!fresh || !wants.blame(error as Problem, next)) {
          return cut?.abort(); // The next connection asks for everything.
        }
      }
    }
  }

  function update(): void {
    if (connection === '') {
      const next = wants.target();
      const is = wants.terms(next);
      if (JSON.stringify(is) !== JSON.stringify(reads)) {
        cut?.abort('again'); // The next poll asks for it.
      } else if (`${next.map(keyOf)}` !== `${opened.map(keyOf)}`) {
        accept(next, is);
        update();
      }
    } else if (!changing) {
      changing = true;
      void change().finally(() => (changing = false));
    }
  }

  function frame(one: Frame, asked: Want[]): void {
    const { control, data } = one;
    if (control === 'hello') {
      silent = kind === 'poll' ? silent : 0;
      beat = data.heartbeatSeconds * 2000 + 3000;
      id = data.connection ?? '';
    } else if (control === 'ready') {
      failures = 0;
      catching = false;
      connection = id;
      link.cursor ??= data.cursor ?? null;
      accept(asked, wants.terms(asked)); // What came before is delivered first.
      on.state('live', kind);
      update();
    } else if (control === 'gap') {
      link.cursor = null; // The stream goes on from the cursor of `ready`.
    } else if (control === 'bye') {
      retry = data.reason === 'auth' ? undefined : data.retryMs; // A newer token is there already.
    }
    on.frame(one);
    if (one.id) {
      link.cursor = one.id;
    }
  }

  /** Ends a connection that has said nothing for too long. */
  function guardSilence(control: AbortController): void {
    watch = later(1000, () => {
      if (Date.now() - heard > beat) {
        // Without a first word something between holds streams up; later it may be the network as well.
        silent += kind === 'sse' ? (beat === HELLO ? 2 : 1) : 0;
        pollSince = Date.now();
        control.abort();
      } else {
        guardSilence(control);
      }
    });
  }

  async function once(): Promise<void> {
    const control = (cut = new AbortController());
    const asked = wants.target();
    kind = settings.transport !== 'auto' ? settings.transport : silent > 1 && Date.now() - pollSince < POLLED ? 'poll' : 'sse';
    connection = undefined;
    retry = undefined;
    opened = [];
    reads = NOTHING;
    heard = Date.now();
    beat = HELLO;
    if (!again) {
      on.state('connecting', kind);
    }
    again = false;
    guardSilence(control);
    const line: Line = {
      session,
      settings,
      signal: control.signal,
      terms: () => wants.terms(asked),
      cursor: () => link.cursor,
      catching: () => catching,
      frame: one => control.signal.aborted || frame(one, asked),
      alive: () => (heard = Date.now()),
    };
    try {
      await TRANSPORTS[kind!]!(line);
    } catch (error) {
      const failure = error as Problem;
      if (control.signal.aborted) {
        again = control.signal.reason === 'again';
        retry = again ? 0 : retry;
      } else if (wants.blame(failure, asked)) {
        retry = 0;
      } else if (failure.status === 401) {
        await session.request('GET', '/api/me').catch(() => {}); // Shows whether the session has ended.
      } else {
        retry = failure.retryMs || undefined;
      }
    } finally {
      clearTimeout(watch);
      connection = undefined;
      control.abort();
    }
  }

  /** Waits for a kick, at most so long. */
  const pause = (milliseconds?: number) =>
    new Promise<void>(resolve => {
      wake = resolve;
      if (milliseconds !== undefined) {
        setTimeout(resolve, milliseconds);
      }
    });

  async function run(start: number): Promise<void> {
    await session.started;
    while (running === start) {
      if (!wants.all.length) {
        on.state('idle', kind);
        idle = true;
        await pause();
        idle = false;
      } else if (!session.user() && !settings.anonymous) {
        on.state('signed-out', kind);
        await pause();
      } else if (globalThis.navigator?.onLine === false) {
        on.state('offline', kind);
        await pause(settings.retry.last);
      } else {
        await once();
        if (running === start && wants.all.length && retry !== 0) {
          on.state('waiting', kind);
          await pause(retry ?? backOff(failures++, settings.retry));
        }
      }
      wake = undefined;
    }
  }

  const link: Link = {
    cursor: null,
    want(next) {
      wants.all = next;
      idle ? wake?.() : update();
    },
    start() {
      if (!running) {
        running = ++starts;
        void run(running);
      }
    },
    stop() {
      running = 0;
      cut?.abort();
      wake?.();
    },
    kick() {
      failures = 0;
      wake?.();
    },
    restart(cursor, missed = false) {
      catching = missed;
      link.cursor = cursor;
      retry = 0;
      cut?.abort('again');
      wake?.();
    },
  };
  return link;
}
