import { later, onWindow } from './platform.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

const WAIT = 5_000;
const BATCH = 50;

export interface Tracker {
  track(type: string, data: unknown): void;
  close(): void;
}

/** Sends events about the use of the page in batches; what fails is lost. */
export function createTracker(session: Session, settings: Settings): Tracker {
  let items: { type: string; data: unknown }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(leaving: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = items;
    items = [];
    if (!batch.length) {
      return;
    }
    const body = { items: batch };
    if (!leaving || !settings.cookie || !globalThis.navigator?.sendBeacon?.(`${settings.url}/api/events`, JSON.stringify(body))) {
      session.send('POST', '/api/events', { body, keepalive: leaving }).catch(() => {});
    }
  }

  onWindow('pagehide visibilitychange', name => (name === 'pagehide' || document.hidden) && flush(true));
  return {
    track(type, data) {
      items.push({ type, data });
      if (items.length >= BATCH) {
        flush(false);
      } else {
        timer ??= later(WAIT, () => flush(false));
      }
    },
    close: () => flush(true),
  };
}
