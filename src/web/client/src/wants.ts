import type { Terms } from './transports.js';
import type { Session } from './session.js';
import type { Problem } from './types.js';

export const ALL = '*';
/** The person's own channels, in a subscription that names none. */
export const OWN = '@own';

/** One subscription's terms; `key` is the same for the same terms. */
export interface Want extends Terms {
  key: string;
}

export const keyOf = (want: Want) => want.key;

const merged = (lists: string[][]) => [...new Set(lists.flat())].sort();

export interface Wants {
  all: Want[];
  /** What the next connection or change asks for. */
  target(): Want[];
  terms(list: Want[]): Terms;
  accept(list: Want[]): void;
  /** Finds out which subscription the server means; returns whether the problem was one of a subscription. */
  blame(failure: Problem, asked: Want[]): boolean;
}

/** Knows what is wanted, and which of it the server accepts: one subscription that it refuses must not stop the others. */
export function createWants(session: Session, refused: (key: string, problem: Problem) => void): Wants {
  let good = new Set<string>(); // Keys of what the server accepted last.
  let oneByOne = false; // One of several new ones was refused; each is tried alone.
  const known = (want: Want) => good.has(want.key);

  function target(): Want[] {
    const fresh = wants.all.filter(want => !known(want));
    return oneByOne && fresh.length ? [...wants.all.filter(known), fresh[0]!] : wants.all;
  }

  function terms(list: Want[]): Terms {
    const user = session.user();
    const own = ['public', ...(user ? [`user:${user.id}`, ...user.roles.map(role => `role:${role}`)] : [])];
    const channels = merged(list.map(want => want.channels.flatMap(one => (one === OWN ? own : one))));
    const types = merged(list.map(want => want.types));
    // An empty list would mean all types; for signals and presence none is needed.
    return { types: types.includes(ALL) ? [ALL] : types.length ? types : ['event.failed'], channels };
  }

  function blame(failure: Problem, asked: Want[]): boolean {
    if (failure.status !== 403 && failure.status !== 422) {
      return false;
    }
    const fresh = asked.filter(want => !known(want));
    if (fresh.length === 1) {
      const { key } = fresh[0]!;
      wants.all = wants.all.filter(want => want.key !== key);
      refused(key, failure);
    } else if (!fresh.length) {
      good = new Set(); // What was allowed is no longer.
    }
    oneByOne = true;
    return true;
  }

  const wants: Wants = {
    all: [],
    target,
    terms,
    accept(list) {
      good = new Set(list.map(keyOf));
      oneByOne &&= !wants.all.every(known);
    },
    blame,
  };
  return wants;
}
