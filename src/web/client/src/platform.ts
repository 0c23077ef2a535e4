import type { Unsubscribe } from './types.js';

export const locks = (): LockManager | undefined => globalThis.navigator?.locks;

/** A random UUID, also where `crypto.randomUUID` is kept from pages without TLS. */
export const uuid = (): string =>
  'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, place => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0]!;
    return (place === 'x' ? random & 15 : (random & 3) | 8).toString(16);
  });

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

/** Listens to events of the window and of its document; returns what ends it. */
export function onWindow(names: string, listener: (name: string) => void): Unsubscribe {
  const end = new AbortController();
  for (const name of names.split(' ')) {
    globalThis.addEventListener?.(name, () => listener(name), { capture: true, signal: end.signal });
  }
  return () => end.abort();
}

/** Returns a function that runs once for all calls of one turn. */
export function batched(run: () => void): () => void {
  let scheduled = false;
  return () => {
    if (!scheduled) {
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        run();
      });
    }
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

/** How many ids {@link remember} keeps. */
export const REMEMBERED = 2_000;

/** Adds an id to the newest ones; returns false if it is one of them. */
export function remember(ids: Set<string>, id: string): boolean {
  const fresh = !ids.has(id);
  ids.add(id);
  if (ids.size > REMEMBERED) {
    ids.delete(ids.values().next().value!);
  }
  return fresh;
}
