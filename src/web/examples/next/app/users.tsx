import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { eventStream } from '../lib/event-stream';
import { EventType } from '../lib/events';
import { queryClient } from '../lib/query-client';

interface User { id: string; email: string }

/** All people, for an administrator. */
export function Users() {
  const { data: users = [] } = useQuery({
    queryKey: ['users'],
    queryFn: async () => (await eventStream.request<{ items: User[] }>('GET', '/api/users')).body.items,
    cacheTime: 0, // Another person who signs in finds none of it.
  });

  // In React component or hook
  useEffect(() => {
    const unsubscribe = eventStream.subscribe(EventType.USER_REGISTERED, (event) => {
      // Update UI, show notification, refresh data, etc.
      toast.success('New user registered!');
      queryClient.invalidateQueries(['users']);
    });

    return unsubscribe;
  }, []);

  return (
    <section>
      <h2>People</h2>
      <ul id="users">{users.map(({ id, email }) => <li key={id}>{email}</li>)}</ul>
    </section>
  );
}
