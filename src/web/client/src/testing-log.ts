import { matches } from './by-type.js';
import type { SkellyEvent, User } from './types.js';

export interface Appended {
  type: string;
  data: unknown;
  channels?: readonly string[] | undefined;
  subject?: string | undefined;
  id?: string | undefined;
  emitter?: User | null;
  /** The request that wrote it. */
  correlation?: string | undefined;
}

/** An event of the log with its place, from 1 on. */
export interface Entry {
  readonly place: number;
  readonly event: SkellyEvent;
  readonly channels: readonly string[];
}

/** What one stream or poll reads, and where it goes. */
export interface Reader {
  readonly user: User | null;
  readonly types: Set<string>;
  readonly channels: Set<string>;
  event(entry: Entry): void;
  control(name: string, data: unknown): void;
}

export interface Log {
  readonly entries: readonly Entry[];
  readonly readers: Set<Reader>;
  /** The cursor after everything. */
  cursor(): string;
  append(what: Appended): Entry;
  /** Sends to the streams of a topic's readers what no log keeps. */
  tell(channel: string, control: string, data: unknown): void;
  /** Tells the streams of a person that they have everything that a request wrote. */
  passed(user: User | null, correlation: string): void;
  /** Makes a reader live, after what it missed since a cursor; a gap is told to it. */
  begin(reader: Reader, since: string | null): void;
  /** The entries that a reader may have after a cursor. */
  after(since: string | null, may: (entry: Entry) => boolean): Entry[];
  /** No cursor of before can be honoured from now on. */
  lose(reason: string): void;
  id(): string;
}

export const cursorOf = (place: number): string => `c${place}`;
const isTopic = (channel: string) => channel.startsWith('topic:');

export function reads({ types, channels }: Pick<Reader, 'types' | 'channels'>, entry: Entry): boolean {
  return (
    (!types.size || [...types].some(pattern => matches(pattern, entry.event.type))) &&
    (!channels.size || entry.channels.some(channel => channels.has(channel)))
  );
}

/** The events, and who reads them. */
export function createLog(): Log {
  const entries: Entry[] = [];
  const readers = new Set<Reader>();
  let ids = 0;
  let place = 0;
  let lost = { place: 0, reason: '' };

  const id = () => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;

  function placeOf(cursor: string): number | null {
    const digits = /^c(\d+)$/.exec(cursor);
    return cursor === 'earliest' ? 0 : cursor === 'latest' ? place : digits ? Number(digits[1]) : null;
  }

  function after(since: string | null, may: (entry: Entry) => boolean): Entry[] {
    const from = since === null ? 0 : (placeOf(since) ?? 0);
    return entries.filter(entry => entry.place > from && may(entry));
  }

  function append({ type, data, channels = ['public'], subject, id: given, emitter, correlation }: Appended): Entry {
    const topics = channels.filter(isTopic);
    const event: SkellyEvent = {
      specversion: '1.0',
      id: given ?? id(),
      source: '/skelly/fake',
      type,
      subject: subject ?? (emitter ? `user:${emitter.id}` : 'fake'),
      time: new Date().toISOString(),
      ...(correlation && { correlationid: correlation }),
      ...(topics.length && { topics: topics.join(' ') }),
      // As if it had been sent: later changes of the object change no event.
      data: JSON.parse(JSON.stringify(data ?? {})),
    };
    const entry = { place: ++place, event, channels };
    entries.push(entry);
    [...readers].filter(reader => reads(reader, entry)).forEach(reader => reader.event(entry));
    return entry;
  }

  function begin(reader: Reader, since: string | null): void {
    const from = since ? placeOf(since) : place;
    const reason = from === null || from > place ? 'other-log' : from < lost.place && since !== 'earliest' ? lost.reason : null;
    if (reason) {
      reader.control('gap', { reason });
    } else if (from !== null && since) {
      after(since, entry => reads(reader, entry)).forEach(entry => reader.event(entry));
    }
    reader.control('ready', { cursor: cursorOf(place) });
    readers.add(reader);
  }

  return {
    entries,
    readers,
    cursor: () => cursorOf(place),
    append,
    tell: (channel, control, data) => [...readers].filter(reader => reader.channels.has(channel)).forEach(reader => reader.control(control, data)),
    passed: (user, correlation) => [...readers].filter(reader => reader.user?.id === user?.id).forEach(reader => reader.control('passed', { correlation })),
    begin,
    after,
    lose(reason) {
      lost = { place: ++place, reason };
    },
    id,
  };
}
