import type { Unsubscribe } from './types.js';

/** What the platform offers; each part may be missing: in Node, on a server that renders, on pages without TLS. */
const world = globalThis as {
  navigator?: { locks?: LockManager; onLine?: boolean };
  document?: Document;
  addEventListener?: typeof addEventListener;
  removeEventListener?: typeof removeEventListener;
};

export const locks = (): LockManager | undefined => world.navigator?.locks;
export const offline = (): boolean => world.navigator?.onLine === false;
export const hidden = (): boolean => world.document?.visibilityState === 'hidden';

/** A random UUID, also where `crypto.randomUUID` is kept from pages without TLS. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, byte => (byte + 256).toString(16).slice(1)).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const tails = new Map<string, Promise<unknown>>();

/** Runs one at a time under a name: in all tabs, or in this one where there are no Web Locks. */
export function lock<T>(name: string, run: () => Promise<T>): Promise<T> {
  const manager = locks();
  if (manager) {
    return manager.request(name, run) as Promise<T>;
  }
  const result = (tails.get(name) ?? Promise.resolve()).then(run);
  const tail = result.catch(() => {});
  tails.set(name, tail);
  return result;
}

/** Calls application code; what it throws goes to the console and stops nothing else. */
export function guard(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    console.error(error);
  }
}

export interface Listeners<A extends unknown[]> {
  add(listener: (...args: A) => void): Unsubscribe;
  call(...args: A): void;
  size(): number;
}

export function listeners<A extends unknown[]>(): Listeners<A> {
  const all = new Set<{ listener: (...args: A) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
    call(...args) {
      for (const entry of [...all]) {
        guard(() => entry.listener(...args));
      }
    },
    size: () => all.size,
  };
}

/** Listens to the window's events; returns what ends it. */
export function onWindow(names: string, listener: (event: Event) => void): Unsubscribe {
  const each = (act?: (name: string, listener: (event: Event) => void) => void) =>
    names.split(' ').forEach(name => act?.call(globalThis, name, listener));
  each(world.addEventListener);
  // The document has these two, and does not pass the first one on everywhere.
  world.document?.addEventListener('visibilitychange', listener);
  return () => {
    each(world.removeEventListener);
    world.document?.removeEventListener('visibilitychange', listener);
  };
}

/** A timer that does not keep Node alive. */
export function later(milliseconds: number, run: () => void): ReturnType<typeof setTimeout> {
  const timer = setTimeout(run, milliseconds);
  (timer as { unref?: () => void }).unref?.();
  return timer;
}

/** The wait before attempt `n` from 0: anything up to a limit that doubles, so that many clients do not come together. */
export const backOff = (n: number, { first, last }: { first: number; last: number }): number =>
  Math.random() * Math.min(last, first * 2 ** n);
