import { during, render } from './render.js';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createElement } from 'react';
import { useLiveQuery, useOptimistic, type LiveControls, type OptimisticStatus } from '../src/react.js';
import { fakeSkelly, type FakeSkelly } from '../src/testing.js';
import type { LiveQuery, LiveQueryOptions } from '../src/types.js';

interface Todo {
  id: string;
  text: string;
}
type Events = { 'todo.added': Todo };

let fake: FakeSkelly<Events>;
afterEach(() => fake.close());

function start() {
  fake = fakeSkelly<Events>({ channels: { 'todo.added': () => ['topic:list/1', 'topic:list/2'] } });
  fake.on('GET /api/lists/{list}', ({ params }) => ({ body: [{ id: `first-${params.list}`, text: 'first' }] }));
  fake.on('PATCH /api/todos/{id}', ({ params, body, deliver }) => {
    deliver('todo.added', { id: params.id!, text: body.text }, { channels: ['topic:list/1'] });
    return { body: {} };
  });
  return fake.client();
}

const put = (todos: readonly Todo[], todo: Todo) => [...todos.filter(({ id }) => id !== todo.id), todo];
const words = (todos: readonly Todo[]) => todos.map(({ id, text }) => `${id}:${text}`).join();

/* Written inline in components, so that nothing is equal from one render to the next. */
const options = (client: any, list: number): LiveQueryOptions<readonly Todo[], any> => ({
  types: ['todo.added'],
  channels: [`topic:list/${list}`],
  initial: [],
  getState: async () => (await client.request('GET', `/api/lists/${list}`)).body,
  reduce: (todos, event) => put(todos, event.data),
});

test('state is read, and changes with events; another list is another state at once', async () => {
  const client = await start();
  const View = ({ list }: { list: number }) => {
    const [todos, { ready }] = useLiveQuery(options(client, list));
    return createElement('p', null, `${ready} ${words(todos)}`);
  };
  const view = await render(client, createElement(View, { list: 1 }));
  await during(() => fake.settled());
  assert.equal(view.text(), 'true first-1:first');
  await during(async () => {
    fake.deliver('todo.added', { id: '2', text: 'b' }, { channels: ['topic:list/1'] });
    await fake.settled();
  });
  assert.equal(view.text(), 'true first-1:first,2:b');

  fake.delay('/api/lists/2', 30);
  await view.again(createElement(View, { list: 2 }));
  assert.equal(view.text(), 'false ');
  await during(() => fake.settled());
  assert.equal(view.text(), 'true first-2:first');
  const reads = fake.requests.filter(({ path }) => path.startsWith('/api/lists/'));
  assert.ok(reads.length <= 4, `${reads.length} reads: an equal key does not read again`);
  await view.unmount();
});

test('an emitted event is shown at once, and taken back alone when it is refused', async () => {
  const client = await start();
  let controls!: LiveControls<readonly Todo[]>;
  const View = () => {
    const [todos, mine] = useLiveQuery(options(client, 1));
    controls = mine;
    return createElement('p', null, `${mine.pending} ${words(todos)}`);
  };
  const view = await render(client, createElement(View));
  await during(() => fake.settled());
  fake.delay('POST /api/events', 30);
  fake.refuse('todo.added', { code: 'too-many' });
  let refused!: Promise<unknown>;
  await during(() => {
    refused = controls.emit('todo.added', { id: '2', text: 'b' }).accepted.catch(error => error.code);
  });
  assert.equal(view.text(), '1 first-1:first,2:b');
  await during(async () => assert.equal(await refused, 'too-many'));
  assert.equal(view.text(), '0 first-1:first');
  await during(async () => {
    await controls.emit('todo.added', { id: '3', text: 'c' }).accepted;
    await fake.settled();
  });
  assert.equal(view.text(), '0 first-1:first,3:c');
  await view.unmount();
});

test('a component lays a write on the query of another one, and knows what became of it', async () => {
  const client = await start();
  const query: LiveQuery<readonly Todo[], any> = client.live(options(client, 1) as any);
  let rename!: (text: string) => Promise<unknown>;
  let status!: OptimisticStatus;
  const List = () => {
    const [todos] = useLiveQuery(query);
    return createElement('p', null, words(todos));
  };
  const Button = ({ id }: { id: string }) => {
    [rename, status] = useOptimistic(
      query,
      (todos, text: string) => put(todos, { id, text }),
      text => client.request('PATCH', `/api/todos/${id}`, { body: { text } }),
    );
    return null;
  };
  const view = await render(client, createElement('div', null, createElement(List), createElement(Button, { id: 'first-1' })));
  await during(() => fake.settled());
  assert.equal(view.text(), 'first-1:first');

  fake.delay('PATCH /api/todos/{id}', 30);
  await during(() => void rename('renamed'));
  assert.equal(view.text(), 'first-1:renamed');
  assert.equal(status.pending, 1);
  await during(() => fake.settled());
  assert.equal(view.text(), 'first-1:renamed');
  assert.ok(!status.pending && !status.error);

  fake.refuse('PATCH /api/todos/{id}', { status: 409, code: 'conflict' });
  await during(() => assert.rejects(rename('never'), { code: 'conflict' }));
  assert.equal(view.text(), 'first-1:renamed');
  assert.equal(status.error!.code, 'conflict');
  await view.unmount();
  query.close();
});
