import { matches } from './by-type.js';
import { pattern, refusal, response, type FakeAnswer, type FakeProblem, type FakeRequest, type Pattern } from './testing-http.js';
import { cursorOf, type Entry, type Log } from './testing-log.js';
import type { Accounts, FakeUser } from './testing-accounts.js';
import type { Streams } from './testing-streams.js';

/** A request on its way through the server. */
export interface Call extends FakeRequest {
  readonly user: FakeUser | null;
  readonly signal: AbortSignal | null;
  /** The id that what the request writes has. */
  readonly correlation: string;
}

export type Handler = (call: Call) => Response | FakeAnswer | void | Promise<Response | FakeAnswer | void>;

export interface Route {
  pattern: Pattern;
  handler: Handler;
  /** Whether it needs no login. */
  open?: boolean;
}

export interface Parts {
  log: Log;
  streams: Streams;
  accounts: Accounts;
  /** The problem that the application's test wants for an event of this type. */
  refused(type: string): FakeProblem | undefined;
  /** The channels of an emitted event beside the emitter's and the named one. */
  channels(type: string, data: any): readonly string[];
  /** Called when an event was accepted. */
  emitted(entry: Entry, user: FakeUser): void;
}

const list = (text: string | null) => (text ? text.split(',').filter(Boolean) : []);
const NOT_FOUND: FakeProblem = { status: 404, code: 'not-found', detail: 'no such resource' };

/** The routes of streams, of the log and of accounts. */
export function routes(parts: Parts): Route[] {
  const { log, streams, accounts } = parts;
  const route = (text: string, handler: Handler, open = false): Route => ({ pattern: pattern(text), handler, open });

  function stream({ user, query, headers, signal }: Call): Response | Promise<Response> {
    const asked = {
      types: list(query.get('types')),
      channels: list(query.get('channels')),
      since: headers.get('Last-Event-ID') ?? query.get('lastEventId') ?? query.get('after'),
    };
    if (!user && asked.channels.some(channel => channel !== 'public')) {
      return refusal({ status: 401, code: 'no-token', detail: 'a stream needs a bearer token, the session cookie or a ticket' });
    }
    return query.get('mode') === 'poll' ? streams.poll(user, asked, signal) : streams.open(user, asked, signal);
  }

  function change({ params, body }: Call): FakeAnswer | Response {
    return streams.change(params.connection!, body?.add ?? {}, body?.remove ?? {}) ? { body: { cursor: log.cursor() } } : refusal(NOT_FOUND);
  }

  function history({ query, user }: Call): FakeAnswer {
    const types = list(query.get('type') ?? query.get('types'));
    const channels = list(query.get('channels') ?? query.get('channel'));
    const limit = Number(query.get('limit') ?? 50);
    const found = log.after(
      query.get('after'),
      ({ event, channels: sent }) =>
        (!types.length || types.some(type => matches(type, event.type))) &&
        (channels.length ? sent.some(one => channels.includes(one)) : sent.some(one => accounts.mayRead(user, one))) &&
        ['subject', 'correlation'].every(name => {
          const value = query.get(name);
          return !value || value === (name === 'subject' ? event.subject : event.correlationid);
        }),
    );
    const page = (query.get('order') === 'desc' ? found.reverse() : found).slice(0, limit);
    const items = page.map(({ event, place }) => ({ ...event, cursor: cursorOf(place) }));
    const nextCursor = found.length > limit ? items.at(-1)!.cursor : undefined;
    return { body: { items, ...(nextCursor && { nextCursor }) }, headers: { 'Skelly-Position': log.cursor() } };
  }

  function emit(form: any, { user, correlation }: Call): object {
    const known = log.entries.find(({ event }) => event.id === form.id);
    if (known) {
      const same = known.event.type === form.type && JSON.stringify(known.event.data) === JSON.stringify(form.data ?? {});
      return same
        ? { status: 202, id: form.id, position: cursorOf(known.place) }
        : { status: 409, id: form.id, code: 'id-taken', detail: 'another event has the id; choose a new one' };
    }
    const problem = parts.refused(form.type);
    if (problem) {
      return { status: 422, ...(form.id && { id: form.id }), detail: problem.code, errors: [], ...problem };
    }
    const channels = new Set([`user:${user!.id}`, ...(form.channel ? [form.channel] : []), ...parts.channels(form.type, form.data)]);
    const entry = log.append({ ...form, channels: [...channels], emitter: user, correlation });
    parts.emitted(entry, user!);
    return { status: 202, id: entry.event.id, position: cursorOf(entry.place) };
  }

  function events(call: Call): FakeAnswer | Response {
    if (call.body?.items) {
      return { status: 202, body: { items: call.body.items.map((form: any) => emit(form, call)) } };
    }
    const { status, ...body } = emit(call.body, call) as any;
    return status === 202 ? { status, body } : refusal({ status, ...body });
  }

  function logout({ user }: Call): Response {
    streams.end(undefined, user!);
    return accounts.logout(user);
  }

  return [
    route('POST /api/auth/register', ({ body }) => accounts.register(body), true),
    route('POST /api/auth/login', ({ body }) => accounts.login(body), true),
    route('POST /api/auth/refresh', ({ body }) => accounts.refresh(body?.refreshToken), true),
    route('POST /api/auth/logout', logout),
    route('GET /api/me', ({ user }) => ({ body: user })),
    route('GET /api/stream', stream, true),
    route('POST /api/stream/{connection}/subscriptions', change, true),
    route('GET /api/events', history),
    route('POST /api/events', events),
  ];
}

/** Answers a call by the first route that matches. */
export async function answer(all: readonly Route[], call: Call): Promise<Response> {
  for (const { pattern, handler, open } of all) {
    const params = pattern.match(call.method, call.path);
    if (params) {
      if (!call.user && !open) {
        return refusal({ status: 401, code: 'sign-in-required', detail: 'sign in first' });
      }
      const said = await handler({ ...call, params });
      return said instanceof Response ? said : response(said ?? {});
    }
  }
  return refusal(NOT_FOUND);
}
