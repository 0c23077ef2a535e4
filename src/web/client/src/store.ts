/** An event on its way to the server. */
export interface Entry {
  id: string;
  type: string;
  data: unknown;
  subject?: string;
  channel?: string;
  /** The account that emitted it; an empty text without one. */
  owner: string;
  /** Its place; given by the store. */
  n?: number;
}

/** Keeps entries in their order. */
export interface EntryStore {
  add(entry: Entry): Promise<unknown>;
  /** The oldest ones first. */
  list(): Promise<Entry[]>;
  remove(entries: Entry[]): Promise<unknown>;
}

const OUTBOX = 'outbox';

function memoryStore(): EntryStore {
  let all: Entry[] = [];
  return {
    add: async entry => all.push(entry),
    list: async () => all,
    remove: async entries => (all = all.filter(entry => !entries.includes(entry))),
  };
}

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** In IndexedDB, so that entries outlive the page; in memory where the browser has none or refuses it, and where they need not last. */
export async function openStore(name: string, lasting: boolean): Promise<EntryStore> {
  try {
    if (lasting) {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(OUTBOX, { keyPath: 'n', autoIncrement: true });
      const database = await done(request);
      const entries = (mode: IDBTransactionMode) => database.transaction(OUTBOX, mode).objectStore(OUTBOX);
      return {
        add: entry => done(entries('readwrite').add(entry)),
        list: () => done(entries('readonly').getAll()),
        remove: gone => {
          const store = entries('readwrite');
          return Promise.all(gone.map(({ n }) => done(store.delete(n!))));
        },
      };
    }
  } catch {
    // Without it.
  }
  return memoryStore();
}
