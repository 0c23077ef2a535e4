// Names of other people, each asked for once.
import { nameOf } from './api.js';

const KEPT_MAX = 500;
const names = new Map();

/** Returns the name of a person, or an empty text. */
export function knownName(id) {
  if (!names.has(id) && names.size < KEPT_MAX) {
    names.set(id, nameOf(id));
  }
  return names.get(id) ?? Promise.resolve('');
}

/** Adds the name of the person whom an event is about to its title, unless that is the reader or has no name. */
export async function addName(title, subject, reader) {
  const id = subject.startsWith('user:') ? subject.slice(5) : reader;
  if (id === reader) {
    return;
  }
  const name = await knownName(id);
  title.append(name ? ` (${name})` : '');
}
