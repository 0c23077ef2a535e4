import { later } from './platform.js';
import { problem, revived } from './problem.js';
import { sseParser, type Frame } from './frames.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

/** What is read: names of types and of channels, without duplicates. */
export interface Terms {
  types: string[];
  channels: string[];
}

/** What a transport needs for one connection. */
export interface Line {
  session: Session;
  settings: Settings;
  signal: AbortSignal;
  terms(): Terms;
  cursor(): string | null;
  /** Whether `ready` must wait until everything missed was read. */
  catching(): boolean;
  frame(frame: Frame): void;
  /** Something arrived, if only a heartbeat. */
  alive(): void;
}

/** Runs one connection until it ends; rejects with a problem. */
export type Transport = (line: Line) => Promise<void>;

const STREAM = '/api/stream';
const PING = 20_000;
const REFUSED = 700;
const PAGE = 300; // A poll with fewer items is the last of those that were missed.

function query({ types, channels }: Terms): Record<string, string> {
  return { types: types.join(), channels: channels.join() };
}

export const sse: Transport = async line => {
  const response = await line.session.send('GET', STREAM, {
    query: { ...query(line.terms()), lastEventId: line.cursor() ?? undefined },
    headers: { Accept: 'text/event-stream, application/problem+json' },
    signal: line.signal,
    live: true,
  });
  if (!response.body) {
    throw problem(401, 'signed-out', '');
  }
  const reader = response.body.getReader();
  const text = new TextDecoder();
  const parse = sseParser(line.frame);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    line.alive();
    parse(text.decode(value, { stream: true }));
  }
};

/** Each answer has what happened since the last one; a change of the terms cuts the waiting one. */
export const poll: Transport = async line => {
  const { session, signal } = line;
  if (!line.cursor()) {
    const { headers } = await session.send('GET', '/api/events', { query: { order: 'desc', limit: 1 }, signal });
    line.frame({ id: headers.get('Skelly-Position') ?? '' });
  }
  line.frame({ control: 'hello', data: { heartbeatSeconds: 30 } });
  let ready = false;
  const live = () => {
    if (!ready) {
      ready = true;
      line.frame({ control: 'ready', data: {} });
    }
  };
  if (!line.catching()) {
    later(REFUSED, live); // What is refused is answered at once, and what is accepted with the next event.
  }
  while (!signal.aborted) {
    const response = await session.send('GET', STREAM, { query: { ...query(line.terms()), mode: 'poll', after: line.cursor()! }, signal });
    const { items = [], cursor, gap, bye, ...others } = await response.json();
    line.alive();
    if (gap) {
      line.frame({ control: 'gap', data: gap });
    }
    items.forEach((event: any) => line.frame({ event }));
    for (const control of ['signal', 'presence', 'passed']) {
      (others[control] ?? []).forEach((data: any) => line.frame({ control, data }));
    }
    if (cursor) {
      line.frame({ id: cursor });
    }
    if (items.length < PAGE) {
      live();
    }
    if (bye) {
      return line.frame({ control: 'bye', data: bye });
    }
  }
};

export const websocket: Transport = async line => {
  const { session, signal, settings } = line;
  const { ticket } = (await session.request<any>('POST', `${STREAM}/tickets`, { body: {}, signal })).body;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${settings.url.replace(/^http/, 'ws')}/api/ws?ticket=${ticket}`, 'skelly.v1.json');
    const say = (message: object) => socket.readyState === 1 && socket.send(JSON.stringify(message));
    let timer: ReturnType<typeof setTimeout>;
    const ping = () => {
      say({ do: 'ping' });
      timer = later(PING, ping);
    };
    const close = () => socket.close();
    signal.addEventListener('abort', close);
    socket.onopen = () => {
      say({ do: 'subscribe', ref: 1, ...line.terms(), ...(line.cursor() && { after: line.cursor() }) });
      ping();
    };
    socket.onmessage = ({ data }) => {
      line.alive();
      const { ref, problem: refused, cursor, event, id, control, signal, presence, ...rest } = JSON.parse(data);
      if (ref) {
        if (refused) {
          reject(revived({ ...refused, message: refused.detail }));
          return close();
        }
        line.frame({ control: 'ready', data: { cursor } });
      } else if (event) {
        line.frame({ event, id });
      } else if (control === 'cursor') {
        line.frame({ id: cursor });
      } else if (control && control !== 'ready') {
        line.frame({ control, data: rest });
      } else if (signal || presence) {
        line.frame({ control: signal ? 'signal' : 'presence', data: signal ?? presence });
      }
    };
    socket.onclose = ({ code }) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', close);
      // From 3500 on the server says that another connection does not help: the session decides whether there is one.
      code >= 3500 ? reject(problem(401, 'signed-out', '')) : resolve();
    };
  });
};
