import { later, locks, onWindow, uuid } from './platform.js';
import type { Settings } from './settings.js';

/** What one tab says to the others. */
export interface TabMessage {
  /** What it is about. */
  about: string;
  /** The tab that says it. */
  from: string;
  /** The only tab that it is for. */
  to?: string;
  [part: string]: any;
}

export interface Tabs {
  id: string;
  leads(): boolean;
  /** The tab that leads, as far as this one knows. */
  leader(): string | undefined;
  post(about: string, parts?: object): void;
  close(): void;
}

const ANSWER = 2_000; // A leader that does not answer for so long is frozen.
const ASKED = 4_000;
const BEAT = 1_000;
const HEARD = 2_600;
const FIRST = 300;

/** Elects one tab and carries messages between tabs; alone, a tab leads at once. */
export function createTabs(settings: Settings, receive: (message: TabMessage) => void, lead: (leads: boolean) => void): Tabs {
  const id = uuid();
  const channel = settings.tabs && globalThis.BroadcastChannel ? new BroadcastChannel(settings.name) : null;
  const election = `${settings.name}:leader`;
  const manager = locks();
  const others = new Map<string, number>(); // When each was heard, where there are no Web Locks.
  let leads = false;
  let closed = false;
  let leader: string | undefined;
  let release: (() => void) | undefined;
  let frozen = false;
  let out = false; // It waits for the lock again when it goes on.
  let pinged = 0; // When a question to the leader began to wait.

  function post(about: string, parts: object = {}): void {
    if (!closed) {
      channel?.postMessage({ about, from: id, ...parts });
    }
  }

  function become(now: boolean): void {
    if (leads !== now) {
      leads = now;
      if (now) {
        leader = id;
        post('lead');
      }
      lead(now);
    }
  }

  /** Waits for the lock; a tab that steals it takes over from one that is frozen. */
  function queue(steal: boolean): void {
    out = false;
    manager!
      .request(election, { steal }, () => {
        if (!closed && !frozen) {
          pinged = 0;
          become(true);
          return new Promise<void>(resolve => (release = resolve));
        }
      })
      .then(ended, ended);
  }

  function ended(): void {
    become(false);
    out = true;
    closed || frozen || queue(false);
  }

  /** Without Web Locks the tab with the smallest id of those that are heard leads. */
  function beat(): void {
    if (closed) {
      return;
    }
    post('here');
    const now = Date.now();
    others.forEach((at, tab) => now - at > HEARD && others.delete(tab));
    become(![...others.keys()].some(tab => tab < id));
    later(BEAT, beat);
  }

  /** Asks the leader whether it is awake. A tab whose own timer is late slept itself, and asks again. */
  function ask(): void {
    if (closed) {
      return;
    }
    if (!leads) {
      const now = Date.now();
      const waited = now - pinged;
      if (waited > ANSWER && waited < ANSWER + ASKED) {
        pinged = 0;
        queue(true);
      } else {
        pinged = now;
        post('ping');
      }
    }
    later(pinged ? ANSWER + 100 : ASKED, ask);
  }

  function take(message: TabMessage): void {
    const { about, from, to } = message;
    if (about === 'here' && !others.has(from)) {
      post('here');
    }
    others.set(from, Date.now());
    if (about === 'gone') {
      others.delete(from);
    } else if (about === 'lead' || about === 'pong') {
      pinged = 0;
      leader = from;
    } else if (about === 'ping' && leads) {
      post('pong', { to: from });
    }
    if (!to || to === id) {
      receive(message);
    }
  }

  // A frozen page reads no stream, even if it still answers other tabs; and its stream may stay silent when it goes on.
  const stopLeaving = onWindow('pagehide freeze resume', name => {
    frozen = name === 'freeze';
    if (frozen) {
      become(false);
      release?.();
    } else if (name === 'pagehide') {
      post('gone');
    } else if (out) {
      queue(false);
    } else if (!channel) {
      become(true);
    }
  });
  if (!channel) {
    queueMicrotask(() => closed || become(true));
  } else {
    channel.onmessage = ({ data }) => take(data);
    (channel as { unref?: () => void }).unref?.();
    if (manager) {
      queue(false);
      ask(); // At once, so that the leader is known when it answers what this tab wants.
    } else {
      post('here');
      setTimeout(beat, FIRST); // Keeps Node alive until a stream does.
    }
  }

  return {
    id,
    leads: () => leads,
    leader: () => leader,
    post,
    close() {
      post('gone');
      closed = true;
      become(false);
      release?.();
      stopLeaving();
      channel?.close();
    },
  };
}
