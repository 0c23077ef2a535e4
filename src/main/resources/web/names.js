// Names of other people, each asked for once.
import { nameOf } from './api.js';

const KEPT_MAX = 500;
const names = new Map();

/** Adds the name of the person whom an event is about to its title, unless that is the reader or has no name. */
export async function addName(title, subject, reader) {
  const id = subject.startsWith('user:') ? subject.slice(5) : reader;
  if (id === reader) {
    return;
  }
  if (!names.has(id) && names.size < KEPT_MAX) {
    names.set(id, nameOf(id));
  }
  const name = await names.get(id);
  title.append(name ? ` (${name})` : '');
}
