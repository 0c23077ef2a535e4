import { later, listeners, onWindow, remember, type Listeners } from './platform.js';
import { createLink } from './link.js';
import { plain, revived } from './problem.js';
import { createTabs, type TabMessage, type Tabs } from './tabs.js';
import type { Frame } from './frames.js';
import type { Want } from './wants.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';
import type { Connection, Gap, Problem, SkellyEvent } from './types.js';

const COLLECT = 40; // A new leader waits so long for what the other tabs want.
const AGAIN = 30_000; // Each tab repeats what it wants,
const FORGOTTEN = 150_000; // and is forgotten after so long without.
const ASKED = 2_000;
const BEHIND_MAX = 1_500; // Fewer than are remembered, so that a repetition doubles nothing.

interface Wanted {
  wants: Want[];
  at: number;
}

export interface Hub {
  tabs: Tabs;
  connection(): Connection;
  on: {
    connection: Listeners<[Connection]>;
    gap: Listeners<[Gap]>;
    /** An event, and a cursor that is not behind it. */
    event: Listeners<[SkellyEvent, string]>;
    /** Control frames: `signal`, `presence`, `passed`. */
    control: Listeners<[string, any]>;
    /** The subscriptions with these keys are live. */
    live: Listeners<[string[]]>;
    refused: Listeners<[string, Problem]>;
    /** Other messages of tabs. */
    message: Listeners<[TabMessage]>;
  };
  want(wants: Want[]): void;
  cursor(): string | null;
  close(): void;
}

/**
 * Shares one connection between all tabs. The tab that leads holds it, reads what all of them want, and passes on what it receives.
 *
 * Invariant: a tab takes a message if it has had the events before it. All tabs count the same events, so a message says how many there were; a tab that has
 * fewer asks for the missing ones, and the leader reads again from that tab's cursor. An event that a tab has had is known by its id.
 */
export function createHub(session: Session, settings: Settings): Hub {
  const wanted = new Map<string, Wanted>();
  const seen = new Set<string>();
  const on: Hub['on'] = {
    connection: listeners(),
    gap: listeners(),
    event: listeners(),
    control: listeners(),
    live: listeners(),
    refused: listeners(),
    message: listeners(),
  };
  let cursor: string | null = null;
  let count = 0; // Events up to the cursor, since the first of these tabs.
  let own: Want[] = [];
  let said: Pick<Connection, 'state' | 'transport'> = { state: 'connecting', transport: null };
  let outgoing: Frame[] = [];
  let live = new Set<string>();
  let behind: number | null = null; // While the connection reads again for a tab: that tab's count.
  let asked = 0;
  let person: string | undefined;

  const connection = (): Connection => ({ ...said, leader: tabs.leads(), cursor });

  function tell(next: Connection['state'], transport: Connection['transport']): void {
    if (said.state !== next || said.transport !== transport) {
      said = { state: next, transport };
      on.connection.call(connection());
    }
  }

  /** Delivers frames in this tab; returns how many of the events were new. */
  function take(frames: Frame[]): number {
    let place = cursor ?? '';
    let fresh = 0;
    for (const { event, control, data, id } of frames) {
      place = id ?? place;
      if (control === 'gap') {
        on.gap.call(data);
      } else if (control) {
        on.control.call(control, data);
      } else if (event && remember(seen, event.id)) {
        fresh++;
        on.event.call(event, place);
      }
    }
    return fresh;
  }

  /** Passes on what arrived in one turn; `end` when the connection has caught up. */
  function flush(end?: boolean): void {
    const frames = outgoing;
    const before = behind ?? count;
    outgoing = [];
    if (frames.length || (end && behind !== null)) {
      count += take(frames);
      if (end) {
        behind = null;
      }
      if (behind === null) {
        cursor = link.cursor ?? cursor;
      }
      tabs.post('frames', { frames, before, count: behind ?? count, cursor });
    }
  }

  const link = createLink(session, settings, {
    frame(frame) {
      if (frame.control !== 'hello' && frame.control !== 'bye' && frame.control !== 'ready') {
        outgoing.push(frame);
        if (outgoing.length === 1) {
          queueMicrotask(flush);
        }
      }
    },
    state(state, transport) {
      tell(state, transport);
      tabs.post('state', { state, transport });
    },
    live(keys) {
      flush(true);
      live = new Set(keys);
      cursor = link.cursor ?? cursor;
      tabs.post('live', { keys, cursor, count });
      on.live.call(keys);
    },
    refused(key, failure) {
      tabs.post('refused', { key, failure: plain(failure) });
      on.refused.call(key, failure);
    },
  });

  function merge(): void {
    const all = new Map<string, Want>();
    wanted.forEach(({ wants }) => wants.forEach(want => all.set(want.key, want)));
    link.want([...all.values()]);
    on.live.call([...live]); // What is read already is live for who asks later.
  }

  function sayWants(): void {
    wanted.set(tabs.id, { wants: own, at: Date.now() });
    tabs.post('want', { wants: own, cursor, count });
    if (tabs.leads()) {
      merge();
    }
  }

  function hear({ from, wants, cursor: theirs, count: had }: TabMessage): void {
    const known = wanted.has(from);
    wanted.set(from, { wants, at: Date.now() });
    if (tabs.leads()) {
      merge();
      if (!known && theirs && had < count) {
        tabs.post('gap', { to: from, cursor, count }); // What it wanted was not read meanwhile.
      }
      tabs.post('live', { to: from, keys: [...live], cursor, count, wanted: [...wanted] });
      tabs.post('state', { to: from, ...said });
    }
  }

  /** A tab has missed events: they are read again, unless there are too many. */
  function again({ from, cursor: theirs, count: had }: TabMessage): void {
    if (behind === null && had < count) {
      if (count - had > BEHIND_MAX) {
        tabs.post('gap', { to: from, cursor, count });
      } else {
        flush();
        behind = had;
        link.restart(theirs, true);
      }
    }
  }

  function frames({ before, frames, count: after, cursor: place }: TabMessage): void {
    if (cursor && before > count) {
      if (Date.now() - asked > ASKED) {
        asked = Date.now();
        tabs.post('again', { cursor, count });
      }
      return;
    }
    take(frames);
    if (after >= count) {
      count = after;
      cursor = place;
    }
  }

  /** What any tab says. */
  const anyone: Record<string, (message: TabMessage) => void> = {
    want: hear,
    lead: sayWants,
    gone({ from }) {
      wanted.delete(from);
      if (tabs.leads()) {
        merge();
      }
    },
    again: message => tabs.leads() && again(message),
  };

  /** What counts only from the tab that leads. */
  const leader: typeof anyone = {
    frames,
    live(message) {
      for (const [tab, its] of message['wanted'] ?? []) {
        wanted.has(tab) || wanted.set(tab, its);
      }
      if (!cursor) {
        ({ cursor, count } = message as any);
      }
      on.live.call(message['keys']);
    },
    refused: ({ key, failure }) => on.refused.call(key, revived(failure)),
    state: ({ state, transport }) => tell(state, transport),
    gap(message) {
      ({ cursor, count } = message as any);
      on.gap.call({ reason: 'tab' });
    },
  };

  function receive(message: TabMessage): void {
    (anyone[message.about] ?? (message.from === tabs.leader() ? leader[message.about] : undefined))?.(message);
    on.message.call(message);
  }

  const tabs: Tabs = createTabs(settings, receive, leads => {
    live = new Set();
    behind = null;
    if (leads) {
      link.cursor = cursor;
      // Keeps Node alive until the stream does.
      setTimeout(() => {
        if (tabs.leads()) {
          merge();
          link.start();
        }
      }, settings.tabs ? COLLECT : 0);
    } else {
      link.stop();
    }
    on.connection.call(connection());
  });

  function repeat(): void {
    const now = Date.now();
    wanted.forEach(({ at }, tab) => now - at > FORGOTTEN && wanted.delete(tab));
    sayWants();
    timer = later(AGAIN, repeat);
  }

  let timer = later(AGAIN, repeat);
  session.onUser(user => {
    const other = !!user && user.id !== person;
    if (other) {
      person = user.id;
      cursor = null; // Another person's events begin now.
      live = new Set();
    }
    if ((other || !user) && tabs.leads()) {
      link.restart(cursor); // Nothing more arrives for who is gone, also if the server was not told.
    }
    link.kick();
  });
  const stopWaking = onWindow('online offline pageshow resume visibilitychange', name => {
    if (name === 'offline') {
      link.restart(link.cursor); // An open stream may seem to live on.
    }
    session.check();
    link.kick();
    sayWants();
  });

  return {
    tabs,
    connection,
    on,
    want(wants) {
      own = wants;
      sayWants();
    },
    cursor: () => cursor,
    close() {
      clearTimeout(timer);
      stopWaking();
      tabs.close();
      tell('closed', said.transport);
    },
  };
}
