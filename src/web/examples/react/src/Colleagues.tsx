import type { Signal } from '@skelly/client';
import { usePresence } from '@skelly/client/react';

/** Joins the topic; says who else is there and who types. */
export function Colleagues({ topic, typing }: { topic: string; typing: readonly Signal['from'][] }) {
  const { people } = usePresence(topic, {});
  return (
    <section className="colleagues">
      <ul aria-label="People here">{people.map(({ id, name }) => <li key={id}>{name ?? 'Someone'}</li>)}</ul>
      <p role="status">{typing.map(({ name }) => `${name ?? 'Someone'} is typing…`).join(' ')}</p>
    </section>
  );
}
