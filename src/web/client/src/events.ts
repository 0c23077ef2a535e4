/** Data by event type, such as the `EventData` of `npx @skelly/client types URL`. */
export type EventMap = { [type: string]: any };

/** A name of an event type. */
export type TypeOf<Events> = Extract<keyof Events, string>;

/** A name, a family such as `user.*`, or `*` for all. */
export type TypePattern<Events> = TypeOf<Events> | `${string}.*` | '*';

/** An event as the server sends it (CloudEvents 1.0). */
export interface SkellyEvent<T extends string = string, D = any> {
  readonly specversion: string;
  /** A UUID; the same event always has the same one. */
  readonly id: string;
  readonly source: string;
  readonly type: T;
  /** What it is about, such as `user:0192…`. */
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  /** The id of the request that caused it. */
  readonly correlationid?: string;
  readonly causationid?: string;
  /** How many events the subject has up to this one. */
  readonly subjectversion?: number;
  /** The topics that it was sent to, separated by spaces; absent if there are none. */
  readonly topics?: string;
  readonly data: D;
  /** True for an emission that the server has not confirmed; only {@link LiveQuery} reduces such events. */
  readonly pending?: boolean;
}

/** The types that a name or a family matches. */
type Matching<Events extends EventMap, P> = P extends '*'
  ? TypeOf<Events>
  : P extends `${infer Family}.*`
    ? Extract<TypeOf<Events>, `${Family}.${string}`>
    : Extract<P, TypeOf<Events>>;

/** The events that a name or a family matches; `type` tells which it is. */
export type EventOf<Events extends EventMap, P extends TypePattern<Events>> = string extends TypeOf<Events>
  ? SkellyEvent
  : { [T in Matching<Events, P>]: SkellyEvent<T, Events[T]> }[Matching<Events, P>];
