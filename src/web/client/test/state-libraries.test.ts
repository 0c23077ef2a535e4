import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { legacy_createStore as createReduxStore } from 'redux';
import { createStore } from 'zustand/vanilla';
import { dispatchEvents } from '../src/redux.js';
import { syncQueries } from '../src/tanstack-query.js';
import { applyEvents } from '../src/zustand.js';
import { recorded } from './recorded.js';

type Events = { 'todo.added': { id: number; text: string }; 'todo.removed': { id: number }; 'user.updated': { name: string } };

test('Redux gets an action for each event, in the order of the log', () => {
  const skelly = recorded();
  const updateUser = (user: { name: string }) => ({ type: 'updateUser', user });
  const reduce = (names: string[] = [], action: { type: string; user?: { name: string } }) => (action.user ? [...names, action.user.name] : names);
  const store = createReduxStore(reduce);
  const end = dispatchEvents<Events>(skelly.client, store, {
    'user.updated': event => updateUser(event.data),
    'todo.*': event => (event.type === 'todo.added' ? updateUser({ name: `todo ${event.data.id}` }) : undefined),
  });

  skelly.send('user.updated', { name: 'Ada' });
  skelly.send('todo.added', { id: 1, text: 'a' });
  skelly.send('todo.removed', { id: 1 });
  assert.deepEqual(store.getState(), ['Ada', 'todo 1']);
  end();
  assert.equal(skelly.open.length, 0);
});

test('Zustand takes a part of the state, or a function', () => {
  const skelly = recorded();
  const store = createStore<{ name: string; ids: number[] }>(() => ({ name: '', ids: [] }));
  const end = applyEvents<{ name: string; ids: number[] }, Events>(
    skelly.client,
    store,
    {
      'user.updated': event => ({ name: event.data.name }),
      'todo.added': event => state => ({ ids: [...state.ids, event.data.id] }),
      'todo.removed': () => undefined,
    },
    { channels: ['topic:list/1'] },
  );

  skelly.send('user.updated', { name: 'Ada' });
  skelly.send('todo.added', { id: 1, text: 'a' });
  skelly.send('todo.removed', { id: 1 });
  assert.deepEqual(store.getState(), { name: 'Ada', ids: [1] });
  assert.equal(skelly.count(), 1);
  assert.deepEqual(skelly.open[0]!.options.channels, ['topic:list/1']);
  end();
  assert.equal(skelly.open.length, 0);
});

/** A query that is shown, and whose answer can be held back. */
function shown(queries: QueryClient, queryKey: readonly unknown[], answer: () => unknown) {
  let reads = 0;
  const queryFn = async () => {
    reads++;
    return answer();
  };
  const observer = new QueryObserver(queries, { queryKey, queryFn, staleTime: Infinity, retry: false });
  const end = observer.subscribe(() => {});
  return { observer, end, reads: () => reads };
}

const turn = () => new Promise(resolve => setTimeout(resolve));

test('events read queries again, once for those that arrive together', async () => {
  const skelly = recorded();
  const queries = new QueryClient();
  const todos = shown(queries, ['todos', 1], () => 'todos');
  const users = shown(queries, ['users'], () => 'users');
  await turn();
  const end = syncQueries<Events>(skelly.client, queries, {
    'todo.*': { invalidate: ['todos'] },
    'user.updated': { invalidate: event => [['users'], ['user', event.data.name]] },
  });

  skelly.send('todo.added', { id: 1, text: 'a' });
  skelly.send('todo.removed', { id: 1 });
  await turn();
  assert.deepEqual([todos.reads(), users.reads()], [2, 1]);
  skelly.send('user.updated', { name: 'Ada' });
  await turn();
  assert.deepEqual([todos.reads(), users.reads()], [2, 2]);
  end();
  assert.equal(skelly.open.length, 0);
  todos.end();
  users.end();
  queries.clear();
});

test('a patch changes what was read without a request; what is being read is read again', async () => {
  const skelly = recorded();
  const queries = new QueryClient();
  let held: Promise<unknown> = Promise.resolve();
  let list = [{ id: 1, text: 'a' }];
  const todos = shown(queries, ['todos'], async () => {
    const answer = list;
    await held;
    return answer;
  });
  await turn();
  const end = syncQueries<Events>(skelly.client, queries, {
    'todo.added': {
      patch: { queryKey: ['todos'], update: (old: typeof list, event) => [...old.filter(({ id }) => id !== event.data.id), event.data] },
    },
  });

  skelly.send('todo.added', { id: 2, text: 'b' });
  assert.deepEqual(queries.getQueryData(['todos']), [...list, { id: 2, text: 'b' }]);
  assert.equal(todos.reads(), 1);

  let release = () => {};
  held = new Promise<void>(resolve => (release = resolve));
  void todos.observer.refetch();
  await turn();
  list = [...list, { id: 3, text: 'c' }];
  skelly.send('todo.added', { id: 3, text: 'c' });
  await turn();
  release();
  await turn();
  assert.deepEqual(
    (queries.getQueryData(['todos']) as typeof list).map(({ id }) => id),
    [1, 3],
  );
  assert.equal(todos.reads(), 3);
  end();
  todos.end();
  queries.clear();
});

test('after a gap the queries of all rules are read again, and no other', async () => {
  const skelly = recorded();
  const queries = new QueryClient();
  const [todos, one, other] = [['todos'], ['user', 1], ['other']].map(key => shown(queries, key, () => 'x'));
  await turn();
  const end = syncQueries<Events>(skelly.client, queries, {
    'todo.*': { invalidate: ['todos'] },
    'user.updated': { patch: { queryKey: ['user', 1], update: () => 'y' } },
  });
  skelly.gap();
  await turn();
  assert.deepEqual([todos!.reads(), one!.reads(), other!.reads()], [2, 2, 1]);
  end();
  skelly.gap();
  await turn();
  assert.equal(todos!.reads(), 2);
  [todos, one, other].forEach(query => query!.end());
  queries.clear();
});
