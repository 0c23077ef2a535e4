import type { Problem } from '@skelly/client';
import { useLiveQuery } from '@skelly/client/react';
import { useRef, useState } from 'react';
import { Colleagues } from './Colleagues';
import { useTyping } from './typing';

interface Item { text: string; done: boolean; pending: boolean }

export function List({ list }: { list: string }) {
  const topic = `topic:list/${list}`;
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [typing, tellTyping] = useTyping(topic);
  const [items, { emit }] = useLiveQuery({
    types: ['list.item-added', 'list.item-done'],
    channels: [topic],
    initial: new Map<string, Item>(),
    // Runs again for an event that it has seen: by ids, a second time changes nothing.
    reduce: (all, { type, data, pending = false }) => {
      const known = all.get(data.item) ?? { text: '', done: false };
      return new Map(all).set(data.item, type === 'list.item-added' ? { ...known, text: data.text, pending } : { ...known, done: true, pending });
    },
  });

  const refused = ({ errors, message }: Problem) => setProblem(`Refused: ${errors.map(({ detail }) => detail).join(', ') || message}`);

  function add(form: FormData) {
    const text = String(form.get('text'));
    setProblem('');
    tellTyping('typed');
    emit('list.item-added', { list, item: crypto.randomUUID(), text }).accepted.catch((problem: Problem) => {
      refused(problem); // The row has gone by itself.
      input.current!.value ||= text;
    });
  }

  return (
    <>
      <Colleagues topic={topic} typing={typing} />
      <ul aria-label="Items">
        {[...items].map(([item, { text, done, pending }]) => (
          <li key={item} className={pending ? 'pending' : ''}>
            <button aria-pressed={done} disabled={done} onClick={() => emit('list.item-done', { list, item }).accepted.catch(refused)}>
              {text}
            </button>
            {pending && <small>not sent yet</small>}
          </li>
        ))}
      </ul>
      <form className="add" action={add}>
        <input ref={input} name="text" aria-label="New item" placeholder="What is missing?" required autoComplete="off" onInput={() => tellTyping('typing')} />
        <button>Add</button>
      </form>
      <p role="alert" className="fault">{problem}</p>
    </>
  );
}
