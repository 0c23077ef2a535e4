import { listeners } from './platform.js';
import type { Session } from './session.js';
import type { Subscriptions } from './subscriptions.js';
import type { Notification, NotificationCounts, Notifications, Unsubscribe } from './types.js';

const KEPT_MAX = 50;
const PATH = '/api/notifications';

/** Follows notifications while somebody listens: read once, and changed by their events. */
export function createNotifications(session: Session, subscriptions: Subscriptions): Notifications {
  const changed = listeners<[]>();
  let items: readonly Notification[] = [];
  let counts: NotificationCounts = { total: 0, unread: 0, unseen: 0 };
  let end: Unsubscribe | undefined;

  function follow(): void {
    const subscription = subscriptions.add(
      ['notification.*'],
      ({ data }) => {
        const { notification } = data;
        if (notification) {
          items = [notification, ...items.filter(one => one.id !== notification.id)].filter(one => !one.archivedAt).slice(0, KEPT_MAX);
        } else {
          void subscription.reload(); // Several were marked, perhaps more than are here.
        }
        counts = data.counts ?? counts;
        changed.call();
      },
      {
        async getState() {
          ({ items, counts } = (await session.request<any>('GET', PATH, { query: { limit: KEPT_MAX, order: 'desc' } })).body);
          changed.call();
        },
      },
    );
    end = subscription.end;
  }

  return {
    get items() {
      return items;
    },
    get counts() {
      return counts;
    },
    onChange(listener) {
      const stop = changed.add(listener);
      if (!end) {
        follow();
      }
      return () => {
        stop();
        if (!changed.size()) {
          end?.();
          end = undefined;
        }
      };
    },
    async mark(ids, state) {
      await session.send('PATCH', PATH, { body: { state, ...(ids === 'all' ? { all: true } : { ids: [ids].flat() }) } });
    },
  };
}
