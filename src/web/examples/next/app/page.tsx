'use client';
import { useUser } from '@skelly/client/react';
import { eventStream } from '../lib/event-stream';
import { List } from './list';
import { SignIn } from './sign-in';
import { Users } from './users';

export default function Page() {
  const user = useUser(); // undefined until it is known: the sign-in form would flash at each reload.
  if (!user) {
    return user === null ? <SignIn /> : null;
  }
  return (
    <main>
      <button id="sign-out" onClick={() => void eventStream.logout()}>Sign out</button>
      <List list="groceries" />
      {user.roles.includes('admin') && <Users />}
    </main>
  );
}
