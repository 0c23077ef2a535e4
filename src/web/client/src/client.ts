import { problem } from './problem.js';
import { createHub, type Hub } from './hub.js';
import { createLive } from './live.js';
import { createNotifications } from './notifications.js';
import { createOutbox } from './outbox.js';
import { createSession } from './session.js';
import { createSubscriptions, type History } from './subscriptions.js';
import { createTopics } from './topics.js';
import { createTracker } from './track.js';
import { settings } from './settings.js';
import type { ClientOptions, Emission, EmitOptions, EventMap, Gap, SkellyClient, SkellyEvent } from './types.js';

const PAGE = 200;
const KEPT = 200; // Events that `window.__skelly` shows.

/** Makes a client. It opens a connection when something subscribes. */
export function createClient<Events extends EventMap = EventMap>(options: ClientOptions = {}): SkellyClient<Events> {
  const o = settings(options);
  const session = createSession(o, message => hub.tabs.post('session', { session: message }));
  const hub: Hub = createHub(session, o);
  const history: History = async (types, { channels, since }) => {
    const found: SkellyEvent[] = [];
    let after = since;
    do {
      const { body } = await session.request<{ items: SkellyEvent[]; nextCursor?: string }>('GET', '/api/events', {
        query: { type: types.includes('*') ? undefined : types.join(), channels: channels?.join(), after, limit: PAGE },
      });
      found.push(...body.items);
      after = body.nextCursor;
    } while (after);
    return found;
  };
  const subscriptions = createSubscriptions(hub, history, o);
  const outbox = createOutbox(session, hub, o);
  const topics = createTopics(session, hub, subscriptions);
  const notifications = createNotifications(session, subscriptions);
  const tracker = createTracker(session, o);
  const recent: SkellyEvent[] = [];

  function emit(type: string, data: unknown, options?: EmitOptions): Emission {
    const { id, accepted } = outbox.add(type, data, options);
    let processed: Promise<void> | undefined;
    return {
      id,
      accepted,
      get processed() {
        return (processed ??= accepted.then(({ position }) => outcome(id, position)));
      },
    };
  }

  /** Waits for what the workers say of an event. */
  function outcome(id: string, since: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const { end } = subscriptions.add(
        ['event.processed', 'event.failed'],
        ({ type, data }) => {
          if (data.eventId === id) {
            end();
            type === 'event.processed' ? resolve() : reject(problem(0, 'failed', `the worker ${data.worker} gave up`));
          }
        },
        { since },
      );
    });
  }

  hub.on.message.add(({ about, session: message }) => about === 'session' && session.receive(message));
  hub.on.event.add(event => {
    recent.push(event);
    if (recent.length > KEPT) {
      recent.shift();
    }
  });

  const client: SkellyClient<Events> = {
    ...session,
    ...topics,
    get user() {
      return session.user();
    },
    history: (types, options = {}) => history([types].flat() as string[], options) as Promise<any>,
    subscribe: (types, handler, options) => subscriptions.add([types].flat() as string[], handler, options).end,
    emit,
    track: tracker.track,
    notifications,
    live: options => createLive<any, Events>({ hub, subscriptions, outbox, emit }, options as any),
    get connection() {
      return hub.connection();
    },
    onConnection(listener) {
      listener(hub.connection());
      return hub.on.connection.add(listener);
    },
    onGap: (listener: (gap: Gap) => void) => hub.on.gap.add(listener),
    close() {
      tracker.close();
      subscriptions.close();
      outbox.close();
      session.close();
      hub.close();
    },
  };
  // For looking inside, in a browser's console.
  (globalThis as any)['__skelly'] = { client, connection: hub.connection, subscriptions: subscriptions.list, outbox: outbox.pending, events: recent };
  return client;
}
