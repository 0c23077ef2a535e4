import { useLiveQuery, usePresence } from '@skelly/client/react';
import { EventType } from '../lib/events';
import { refused } from '../lib/refused';

export function List({ list }: { list: string }) {
  const topic = `topic:list/${list}`;
  const { people, total } = usePresence(topic, {});
  const [items, { emit }] = useLiveQuery({
    types: [EventType.LIST_ITEM_ADDED, EventType.LIST_ITEM_DONE],
    channels: [topic],
    initial: {} as Record<string, { text?: string; done?: boolean; pending?: boolean | undefined }>,
    reduce(all, { type, data, pending }) {
      const change = type === EventType.LIST_ITEM_DONE ? { done: true } : { text: data.text };
      return { ...all, [data.item]: { ...all[data.item], ...change, pending } };
    },
  });
  // What is emitted is shown at once. A refusal takes it back, and the toast has the node's reason.
  const add = (text: string) => emit(EventType.LIST_ITEM_ADDED, { list, item: crypto.randomUUID(), text }).accepted.catch(refused);
  const finish = (item: string) => emit(EventType.LIST_ITEM_DONE, { list, item }).accepted.catch(refused);
  return (
    <section>
      <p id="here">{total} here: {people.map(({ name, id }) => name ?? id).join(', ')}</p>
      <form id="add" action={form => void add(String(form.get('text')))}>
        <input name="text" placeholder="What is missing?" required /> <button>Add</button>
      </form>
      <ul id="items">
        {Object.entries(items).map(([item, { text, done, pending }]) => (
          <li key={item} aria-busy={!!pending}>
            {done ? <s>{text}</s> : text} {done || <button onClick={() => void finish(item)}>Done</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
