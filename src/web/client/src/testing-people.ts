import { pattern, refusal, type FakeAnswer } from './testing-http.js';
import type { FakeUser } from './testing-accounts.js';
import type { Log } from './testing-log.js';
import type { Call, Handler, Route } from './testing-routes.js';
import type { Notification, NotificationCounts, Person } from './types.js';

type Change = { ids?: readonly string[]; all?: boolean; state: 'seen' | 'read' | 'unread' | 'archived' };

export interface People {
  routes: Route[];
  /** Makes a person present in a topic with a state, or lets the person leave it with null. */
  present(channel: string, user: FakeUser, state: object | null, holder: string): void;
  notify(user: FakeUser, fields: Partial<Notification>): Notification;
  signal(channel: string, user: FakeUser, name: string, data: unknown): void;
}

/** Presence, signals and notifications. */
export function createPeople(log: Log): People {
  const topics = new Map<string, Map<string, { person: Person; holders: Set<string> }>>();
  const inboxes = new Map<string, Notification[]>();
  const route = (text: string, handler: Handler): Route => ({ pattern: pattern(text), handler });

  function there(channel: string) {
    const present = topics.get(channel) ?? new Map<string, { person: Person; holders: Set<string> }>();
    topics.set(channel, present);
    return present;
  }

  const listed = (channel: string) => ({ items: [...there(channel).values()].map(({ person }) => person), total: there(channel).size });

  function present(channel: string, { id, name }: FakeUser, state: object | null, holder: string): void {
    const all = there(channel);
    const known = all.get(id);
    if (state === null && !known) {
      return;
    }
    const holders = known?.holders ?? new Set();
    state === null ? holders.delete(holder) : holders.add(holder);
    const person: Person = { id, name, state, since: known?.person.since ?? new Date().toISOString() };
    const change = { channel, joined: [] as Person[], left: [] as object[], updated: [] as Person[] };
    if (state !== null) {
      all.set(id, { person, holders });
      (known ? change.updated : change.joined).push(person);
    } else if (holders.size) {
      return; // Another tab keeps the person there.
    } else {
      all.delete(id);
      change.left.push({ id, lastSeen: new Date().toISOString() });
    }
    log.tell(channel, 'presence', { ...change, total: all.size });
  }

  function signal(channel: string, { id, name }: FakeUser, named: string, data: unknown): void {
    log.tell(channel, 'signal', { channel, name: named, from: { id, name }, ...(data !== undefined && { data }) });
  }

  function inbox(user: FakeUser): Notification[] {
    const items = inboxes.get(user.id) ?? [];
    inboxes.set(user.id, items);
    return items;
  }

  function counts(items: readonly Notification[]): NotificationCounts {
    const kept = items.filter(item => !item.archivedAt);
    return { total: kept.length, unread: kept.filter(item => !item.readAt).length, unseen: kept.filter(item => !item.seenAt).length };
  }

  function notify(user: FakeUser, fields: Partial<Notification>): Notification {
    const now = new Date().toISOString();
    const made: Notification = { id: log.id(), type: 'fake', title: '', body: '', data: {}, count: 1, createdAt: now, updatedAt: now, ...fields };
    const items = inbox(user);
    items.unshift(made);
    log.append({ type: 'notification.created', data: { userId: user.id, notification: made, counts: counts(items) }, channels: [`user:${user.id}`] });
    return made;
  }

  function marked({ seenAt, readAt, ...item }: Notification, state: Change['state']): Notification {
    const now = new Date().toISOString();
    const seen = { seenAt: seenAt ?? now };
    const after = {
      unread: seen,
      seen: { ...seen, ...(readAt && { readAt }) },
      read: { ...seen, readAt: readAt ?? now },
      archived: { ...seen, readAt: readAt ?? now, archivedAt: item.archivedAt ?? now },
    };
    return { ...item, ...after[state], updatedAt: now };
  }

  function mark({ user, correlation }: Call, { ids, all, state }: Change): FakeAnswer {
    const items = inbox(user!);
    const chosen = items.filter(item => all || ids?.includes(item.id));
    inboxes.set(
      user!.id,
      items.map(item => (chosen.includes(item) ? marked(item, state) : item)),
    );
    const now = counts(inbox(user!));
    log.append({
      type: 'notification.updated',
      data: { userId: user!.id, ids: chosen.map(item => item.id), state, counts: now },
      channels: [`user:${user!.id}`],
      correlation,
    });
    return { body: { changed: chosen.length, counts: now, position: log.cursor() } };
  }

  function notifications({ user, query }: Call): FakeAnswer {
    const items = inbox(user!);
    const state = query.get('state');
    const found = items.filter(item =>
      state === 'archived' ? item.archivedAt : !item.archivedAt && !(state === 'unread' && item.readAt) && !(state === 'unseen' && item.seenAt),
    );
    const ordered = query.get('order') === 'desc' ? found : [...found].reverse();
    return { body: { items: ordered.slice(0, Number(query.get('limit') ?? 50)), counts: counts(items) } };
  }

  const holder = ({ user, body, query }: Call) => body?.holder ?? query.get('holder') ?? user!.id;
  return {
    present,
    notify,
    signal,
    routes: [
      route('GET /api/presence/{channel}', ({ params }) => ({ body: listed(params.channel!) })),
      route('PUT /api/presence/{channel}', call => {
        present(call.params.channel!, call.user!, call.body.state, holder(call));
        return { body: listed(call.params.channel!) };
      }),
      route('DELETE /api/presence/{channel}', call => present(call.params.channel!, call.user!, null, holder(call))),
      route('POST /api/channels/{channel}/signals', ({ params, user, body }) => {
        signal(params.channel!, user!, body.name, body.data);
        return { status: 202, body: { sent: true } };
      }),
      route('GET /api/notifications', notifications),
      route('PATCH /api/notifications', call => mark(call, call.body)),
      route('POST /api/notifications/read-all', call => mark(call, { all: true, state: 'read' })),
      route('POST /api/notifications/{id}/read', call => mark(call, { ids: [call.params.id!], state: 'read' })),
      route('PATCH /api/notifications/{id}', call =>
        inbox(call.user!).some(item => item.id === call.params.id)
          ? mark(call, { ids: [call.params.id!], state: call.body.state })
          : refusal({ status: 404, code: 'not-found', detail: 'no such notification' }),
      ),
    ],
  };
}
