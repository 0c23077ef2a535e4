/** An event on its way to the server. */
export interface Entry {
  id: string;
  type: string;
  data: unknown;
  subject?: string;
  channel?: string;
  /** The account that emitted it; an empty text without one. */
  owner: string;
}

/** Keeps entries in their order. */
export interface EntryStore {
  add(entry: Entry): Promise<void>;
  /** The oldest ones first. */
  list(): Promise<Entry[]>;
  remove(ids: string[]): Promise<void>;
}

export function memoryStore(): EntryStore {
  let entries: Entry[] = [];
  return {
    add: async entry => void entries.push(entry),
    list: async () => entries,
    remove: async ids => void (entries = entries.filter(entry => !ids.includes(entry.id))),
  };
}

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** In IndexedDB, so that entries outlive the page; in memory where the browser refuses it. */
export function lastingStore(name: string): EntryStore {
  const memory = memoryStore();
  const opened = new Promise<IDBDatabase | null>(resolve => {
    try {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox', { autoIncrement: true }).createIndex('id', 'id');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  async function entries<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => Promise<T>): Promise<T | null> {
    const database = await opened;
    return database && use(database.transaction('outbox', mode).objectStore('outbox'));
  }
  return {
    add: async entry => void ((await entries('readwrite', store => done(store.add(entry)))) ?? (await memory.add(entry))),
    list: async () => (await entries('readonly', store => done(store.getAll() as IDBRequest<Entry[]>))) ?? memory.list(),
    async remove(ids) {
      await memory.remove(ids);
      await entries('readwrite', async store => {
        for (const id of ids) {
          const key = await done(store.index('id').getKey(id));
          if (key !== undefined) {
            await done(store.delete(key));
          }
        }
      });
    },
  };
}
