import type { Signal } from '@skelly/client';
import { useSkelly } from '@skelly/client/react';
import { useEffect, useRef, useState } from 'react';

const SAID_EVERY = 2_000;
const SHOWN_FOR = 4_000; // Longer than the pause between two signals, and short for who closes the page.

/** Returns who else types in a topic, and what tells them that this person does (`typing`) or has ended (`typed`). */
export function useTyping(topic: string) {
  const client = useSkelly()!;
  const [typing, setTyping] = useState<readonly Signal['from'][]>([]);
  const said = useRef(0);

  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const remove = (id: string) => setTyping(all => all.filter(one => one.id !== id));
    const end = client.onSignal(topic, ({ name, from }) => {
      if (from.id === client.user?.id) return; // Signals reach the sender's own tabs, too.
      clearTimeout(timers.get(from.id));
      remove(from.id);
      if (name === 'typing') {
        setTyping(all => [...all, from]);
        timers.set(from.id, setTimeout(remove, SHOWN_FOR, from.id));
      }
    });
    return () => {
      end();
      timers.forEach(clearTimeout);
    };
  }, [client, topic]);

  function tell(name: 'typing' | 'typed') {
    const now = Date.now();
    if (name === 'typed' || now - said.current > SAID_EVERY) {
      said.current = name === 'typed' ? 0 : now;
      client.signal(topic, name).catch(() => {}); // A lost one changes nothing that lasts.
    }
  }
  return [typing, tell] as const;
}
