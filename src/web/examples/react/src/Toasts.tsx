import type { User } from '@skelly/client';
import { useEvent } from '@skelly/client/react';
import { useState } from 'react';
import { toast, Toaster } from 'sonner';

export function Toasts({ user }: { user: User }) {
  // A new person's event is older than the login: read from where this browser stopped, and each is shown once.
  const key = `toasts:${user.id}`;
  const [since] = useState(() => localStorage.getItem(key) ?? 'earliest');
  useEvent('user.registered', ({ data }, { cursor }) => {
    localStorage.setItem(key, cursor);
    toast.success(`Welcome, ${data.name}!`);
  }, { channels: [`user:${user.id}`], since, filter: ({ data }) => data.userId === user.id });

  // Administrators receive the events of all people, from now on.
  useEvent('user.registered', ({ data }) => toast(`${data.name} signed up.`), { filter: ({ data }) => data.userId !== user.id });
  return <Toaster />;
}
