import { cursorOf, type Entry, type Log, type Reader } from './testing-log.js';
import type { User } from './types.js';

const HEARTBEAT_SECONDS = 25;
const POLL_MS = 25_000;

export interface StreamQuery {
  types: readonly string[];
  channels: readonly string[];
  since: string | null;
}

export interface Change {
  types?: readonly string[];
  channels?: readonly string[];
}

export interface Streams {
  /** Opens a stream of Server-Sent Events. */
  open(user: User | null, query: StreamQuery, signal: AbortSignal | null): Response;
  /** Answers when there is something, or after 25 s. */
  poll(user: User | null, query: StreamQuery, signal: AbortSignal | null): Promise<Response>;
  /** Changes what an open stream reads; false if there is none. */
  change(connection: string, add: Change, remove: Change): boolean;
  /** Ends all streams and polls, or those of a person: as a server that closes them, or by an error. */
  end(error?: unknown, user?: User): void;
  /** Whether a stream has something that was not read yet. */
  unread(): boolean;
}

interface Open extends Reader {
  end(error?: unknown): void;
  unread(): boolean;
}

export function createStreams(log: Log): Streams {
  const open = new Map<string, Open>();
  const own = (user: User | null) => ['public', ...(user ? [`user:${user.id}`, ...user.roles.map(role => `role:${role}`)] : [])];
  const terms = (user: User | null, { types, channels }: StreamQuery) => ({
    user,
    types: new Set(types),
    channels: new Set(channels.length ? channels : own(user)),
  });

  function leave(connection: string): void {
    const reader = open.get(connection);
    if (reader) {
      log.readers.delete(reader);
      open.delete(connection);
    }
  }

  function sse(user: User | null, query: StreamQuery, signal: AbortSignal | null): Response {
    const connection = log.id();
    const encoder = new TextEncoder();
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: given => void (controller = given),
      cancel: () => leave(connection),
    });
    const write = (text: string) => controller.enqueue(encoder.encode(text));
    const reader: Open = {
      ...terms(user, query),
      event: ({ place, event }) => write(`id: ${cursorOf(place)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      control: (name, data) => write(`event: skelly.${name}\ndata: ${JSON.stringify(data)}\n\n`),
      end(error) {
        leave(connection);
        error === undefined ? controller.close() : controller.error(error);
      },
      unread: () => controller.desiredSize !== 1,
    };
    open.set(connection, reader);
    signal?.addEventListener('abort', () => open.has(connection) && reader.end(signal.reason));
    write('retry: 3000\n\n');
    reader.control('hello', { connection, resumed: !!query.since, heartbeatSeconds: HEARTBEAT_SECONDS });
    log.begin(reader, query.since);
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' } });
  }

  function poll(user: User | null, query: StreamQuery, signal: AbortSignal | null): Promise<Response> {
    const connection = log.id();
    const said: { [control: string]: unknown[] } = {};
    const items: unknown[] = [];
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout>;
      function answer(): void {
        leave(connection);
        clearTimeout(timer);
        const { gap, ...live } = said;
        const body = { items, cursor: log.cursor(), ...(gap && { gap: gap[0] }), ...live };
        resolve(new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } }));
      }
      // What is written by one request is answered together.
      const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(answer);
      };
      const reader: Open = {
        ...terms(user, query),
        event({ event }: Entry) {
          items.push(event);
          soon();
        },
        control(name, data) {
          if (name !== 'ready') {
            (said[name] ??= []).push(data);
            soon();
          }
        },
        end(error) {
          clearTimeout(timer);
          leave(connection);
          error === undefined ? answer() : reject(error);
        },
        unread: () => items.length > 0 || Object.keys(said).length > 0,
      };
      open.set(connection, reader);
      signal?.addEventListener('abort', () => open.has(connection) && reader.end(signal.reason));
      timer = setTimeout(answer, POLL_MS);
      (timer as { unref?: () => void }).unref?.();
      log.begin(reader, query.since);
    });
  }

  return {
    open: sse,
    poll,
    change(connection, add, remove) {
      const reader = open.get(connection);
      add.types?.forEach(type => reader?.types.add(type));
      add.channels?.forEach(channel => reader?.channels.add(channel));
      remove.types?.forEach(type => reader?.types.delete(type));
      remove.channels?.forEach(channel => reader?.channels.delete(channel));
      return !!reader;
    },
    end: (error, user) => [...open.values()].filter(reader => !user || reader.user?.id === user.id).forEach(reader => reader.end(error)),
    unread: () => [...open.values()].some(reader => reader.unread()),
  };
}
