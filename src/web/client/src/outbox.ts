import { backOff, later, listeners, lock, onWindow, uuid, type Listeners } from './platform.js';
import { passing, plain, problem, revived } from './problem.js';
import { openStore, type Entry } from './store.js';
import type { Hub } from './hub.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';
import type { Accepted, EmitOptions, Problem } from './types.js';

const ENTRIES_MAX = 1_000;
const BATCH_MAX = 15; // A request has at most 1 MiB, an event 64 KiB.

/** How one entry ended: accepted or refused. */
export interface Outcome {
  id: string;
  accepted?: Accepted;
  problem?: Problem;
}

export interface Outbox {
  /** Keeps an event and sends it in its turn. */
  add(type: string, data: unknown, options?: EmitOptions): { id: string; accepted: Promise<Accepted> };
  /** Entries of the signed-in person that the server does not have. */
  pending(): Promise<Entry[]>;
  onOutcome: Listeners<[Outcome]>;
  close(): void;
}

/** Sends events in their order: kept until the server has answered, by one tab at a time, each with an id that makes a repetition harmless. */
export function createOutbox(session: Session, hub: Hub, settings: Settings): Outbox {
  const store = openStore(settings.name, settings.offline);
  const onOutcome = listeners<[Outcome]>();
  const promises = new Map<string, { resolve: (accepted: Accepted) => void; reject: (problem: Problem) => void }>();
  let writing: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  const owner = () => session.user()?.id ?? '';
  const pending = async () => (await (await store).list()).filter(entry => entry.owner === owner());

  function settle(outcome: Outcome): void {
    const promise = promises.get(outcome.id);
    promises.delete(outcome.id);
    outcome.accepted ? promise?.resolve(outcome.accepted) : promise?.reject(outcome.problem!);
    onOutcome.call(outcome);
  }

  async function end(entries: Entry[], outcomes: Outcome[]): Promise<void> {
    await (await store).remove(entries);
    for (const { problem: failure, ...rest } of outcomes) {
      hub.tabs.post('sent', { outcome: { ...rest, ...(failure && { problem: plain(failure) }) } });
    }
    outcomes.forEach(settle);
  }

  /** Sends until nothing is left; rejects when it must wait. */
  async function send(): Promise<void> {
    let most = BATCH_MAX;
    for (;;) {
      const entries = (await pending()).slice(0, most);
      if (!entries.length || closed) {
        return;
      }
      try {
        const { body, headers } = await session.request<any>('POST', '/api/events', {
          body: { items: entries.map(({ owner, n, ...event }) => event) },
        });
        const correlation = headers.get('X-Correlation-Id') ?? '';
        const ended: Outcome[] = [];
        let wait: Problem | undefined;
        for (const [n, { status, position, code, detail, errors }] of (body.items as any[]).entries()) {
          const { id } = entries[n]!;
          const failure = status < 300 ? undefined : problem(status, code, detail, errors);
          if (failure && passing(failure)) {
            wait = failure;
            break; // It is sent again, and what follows after it.
          }
          ended.push(failure ? { id, problem: failure } : { id, accepted: { id, position, correlation } });
        }
        await end(entries.slice(0, ended.length), ended);
        if (wait) {
          throw wait;
        }
        failures = 0;
      } catch (error) {
        const failure = error as Problem;
        if (passing(failure) || (failure.status === 401 && owner())) {
          throw failure;
        }
        if (entries.length > 1) {
          most = 1; // One of them is the reason; alone each gets its own answer.
        } else {
          await end(entries, [{ id: entries[0]!.id, problem: failure }]);
        }
      }
    }
  }

  function drain(): void {
    clearTimeout(timer);
    timer = undefined;
    void lock(`${settings.name}:outbox`, send).catch((failure: Problem) => {
      if (!closed) {
        timer ??= later(failure.retryMs || backOff(failures++, settings.retry), drain);
      }
    });
  }

  hub.on.message.add(({ about, outcome }) => about === 'sent' && settle({ ...outcome, ...(outcome.problem && { problem: revived(outcome.problem) }) }));
  session.onUser(drain);
  hub.on.connection.add(({ state }) => state === 'live' && timer && drain());
  onWindow('online', drain);

  return {
    add(type, data, { id = uuid(), ...options } = {}) {
      const accepted = new Promise<Accepted>((resolve, reject) => promises.set(id, { resolve, reject }));
      accepted.catch(() => {}); // Who does not ask is not told.
      // One after the other, so that the order of the calls is the order of the entries.
      writing = writing.then(async () => {
        await session.started;
        if ((await pending()).length >= ENTRIES_MAX) {
          settle({ id, problem: problem(0, 'outbox-full', `${ENTRIES_MAX} events wait`) });
        } else {
          await (await store).add({ id, type, data, ...options, owner: owner() });
          drain();
        }
      }).catch(error => settle({ id, problem: problem(0, 'outbox', String(error)) }));
      return { id, accepted };
    },
    pending,
    onOutcome,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
