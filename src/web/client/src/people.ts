/** Ends what returned it; further calls do nothing. */
export type Unsubscribe = () => void;

/** The signed-in person. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly verified: boolean;
  readonly [field: string]: unknown;
}

/** A message of a person to those who read a topic now; it is stored nowhere. */
export interface Signal<D = any> {
  readonly channel: string;
  readonly name: string;
  readonly from: { readonly id: string; readonly name?: string };
  readonly data: D;
}

/** A person who is present in a topic. */
export interface Person<S = any> {
  readonly id: string;
  readonly name?: string;
  readonly state: S;
  /** RFC 3339. */
  readonly since: string;
}

/** Who is present in a topic. Ends by `leave`. */
export interface Presence<S = any> {
  /** At most 200, in the order of their arrival; a new array after each change. */
  readonly people: readonly Person<S>[];
  /** All of them. */
  readonly total: number;
  onChange(listener: () => void): Unsubscribe;
  /** Joins with a state, or replaces it; at most 2 KiB. */
  update(state: S): Promise<void>;
  /** Leaves, and stops to follow who is there. */
  leave(): Promise<void>;
}

export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly link?: string;
  readonly data: any;
  readonly count: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly seenAt?: string;
  readonly readAt?: string;
  readonly archivedAt?: string;
}

export interface NotificationCounts {
  readonly total: number;
  readonly unread: number;
  readonly unseen: number;
}

/** The newest notifications of the signed-in person, the same in every tab. */
export interface Notifications {
  /** The newest first, at most 50; a new array after each change. */
  readonly items: readonly Notification[];
  readonly counts: NotificationCounts;
  /** Follows them from the first listener to the last. */
  onChange(listener: () => void): Unsubscribe;
  /** Changes one, several or all. */
  mark(ids: string | readonly string[] | 'all', state: 'seen' | 'read' | 'unread' | 'archived'): Promise<void>;
}
