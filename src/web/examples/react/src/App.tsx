import { SkellyProvider, useConnection, useUser } from '@skelly/client/react';
import { useSyncExternalStore } from 'react';
import { client } from './client';
import { List } from './List';
import { Orders } from './Orders';
import { SignIn } from './SignIn';
import { Toasts } from './Toasts';

const LOST: { [state: string]: string } = {
  connecting: 'Connecting…',
  offline: 'You are offline. What you add is sent when you are back.',
  waiting: 'The server does not answer. What you add is sent when it does.',
};

function Connection() {
  const { state } = useConnection();
  return <p className="connection" role="status">{LOST[state]}</p>;
}

function onHash(changed: () => void) {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function Page() {
  const user = useUser();
  const orders = useSyncExternalStore(onHash, () => location.hash) === '#orders';
  if (user === undefined) return null; // Not known yet: the form would flash at each reload.
  if (user === null) return <SignIn />;
  return (
    <>
      <header>
        <h1>{orders ? 'Orders' : 'Groceries'}</h1>
        {orders ? <a href="#list">Groceries</a> : <a href="#orders">Orders</a>}
        <button onClick={() => void client.logout()}>Sign out {user.name}</button>
      </header>
      {orders ? <Orders /> : <List list="groceries" />}
      <Toasts user={user} />
    </>
  );
}

export const App = () => <SkellyProvider client={client}><Connection /><main><Page /></main></SkellyProvider>;
