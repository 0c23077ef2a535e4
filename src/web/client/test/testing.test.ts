import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createClient } from '../src/index.js';
import { fakeSkelly, type FakeSkelly } from '../src/testing.js';
import type { Problem } from '../src/types.js';

type Events = { 'todo.added': { id: number; list: number }; 'order.placed': { id: number } };

let fake: FakeSkelly<Events>;
const start = (options?: Parameters<typeof fakeSkelly<Events>>[0]) => (fake = fakeSkelly<Events>(options));
afterEach(() => fake.close());

const isProblem = (code: string) => (error: Problem) => error.code === code;

test('a client is signed in, and several are tabs of one person', async () => {
  start();
  const [one, two, other] = [await fake.client(), await fake.client(), await fake.client({ user: 'grace', roles: ['admin'] })];
  assert.equal(one.user!.email, 'ada@example.org');
  assert.equal(two.user!.id, one.user!.id);
  assert.notEqual(other.user!.id, one.user!.id);
  assert.deepEqual(other.user!.roles, ['admin']);
  assert.equal((await fake.client({ user: null })).user, null);
});

test('an account is registered, and its password counts', async () => {
  start();
  const client = await fake.client({ user: null });
  await client.register({ email: 'mary@example.org', password: 'right', name: 'Mary' });
  await assert.rejects(client.login({ email: 'mary@example.org', password: 'wrong' }), isProblem('wrong-credentials'));
  assert.equal((await client.login({ email: 'mary@example.org', password: 'right' })).name, 'Mary');
  await client.logout();
  assert.equal(client.user, null);
});

test('events arrive by type and channel, with what was missed first', async () => {
  start();
  fake.deliver('todo.added', { id: 1, list: 1 }, { channels: ['topic:list/1'] });
  const client = await fake.client();
  const seen: number[] = [];
  client.subscribe('todo.added', event => seen.push(event.data.id), { channels: ['topic:list/1'], since: 'earliest' });
  await fake.settled();
  fake.deliver('todo.added', { id: 2, list: 1 }, { channels: ['topic:list/1'] });
  fake.deliver('todo.added', { id: 3, list: 2 }, { channels: ['topic:list/2'] });
  fake.deliver('order.placed', { id: 4 }, { channels: ['topic:list/1'] });
  await fake.settled();
  assert.deepEqual(seen, [1, 2]);
  assert.equal(fake.events.length, 4);
  assert.equal(fake.events[0]!.topics, 'topic:list/1');
});

for (const transport of ['sse', 'poll'] as const) {
  test(`a client resumes after a drop and without a network, by ${transport}`, async () => {
    start();
    const client = await fake.client({ transport });
    const seen: number[] = [];
    client.subscribe('order.placed', event => seen.push(event.data.id));
    await fake.settled();
    fake.drop();
    fake.deliver('order.placed', { id: 1 });
    await fake.settled();
    assert.deepEqual(seen, [1]);

    fake.offline(true);
    fake.deliver('order.placed', { id: 2 });
    await assert.rejects(client.request('GET', '/api/me'), isProblem('network'));
    assert.deepEqual(seen, [1]);
    fake.offline(false);
    await fake.settled();
    assert.deepEqual(seen, [1, 2]);
  });

  test(`a gap is told, by ${transport}`, async () => {
    start();
    const client = await fake.client({ transport });
    const seen: unknown[] = [];
    client.subscribe('order.placed', event => seen.push(event.data.id));
    client.onGap(({ reason }) => seen.push(reason));
    await fake.settled();
    fake.gap('too-far');
    await fake.settled();
    fake.deliver('order.placed', { id: 2 });
    await fake.settled();
    assert.deepEqual(seen, ['too-far', 2]);
  });
}

test('an emitted event is accepted once for its id, and reaches the channels of its type', async () => {
  start({ channels: { 'todo.added': ({ list }) => [`topic:list/${list}`] }, outcome: ['order.placed'] });
  const [client, other] = [await fake.client(), await fake.client({ user: 'grace' })];
  const seen: number[] = [];
  other.subscribe('todo.added', event => seen.push(event.data.id), { channels: ['topic:list/1'] });
  await fake.settled();
  const id = '01920000-0000-7000-8000-000000000001';
  const first = await client.emit('todo.added', { id: 1, list: 1 }, { id }).accepted;
  const again = await client.emit('todo.added', { id: 1, list: 1 }, { id }).accepted;
  await fake.settled();
  assert.equal(first.position, again.position);
  assert.deepEqual(seen, [1]);
  const order = client.emit('order.placed', { id: 1 });
  await order.processed;
  assert.equal(fake.events.at(-1)!.type, 'event.processed');
});

test('an event and a request are refused, once or always', async () => {
  start();
  const client = await fake.client();
  fake.refuse('todo.added', { code: 'too-many', detail: 'at most ten', errors: [{ pointer: '#/data', code: 'max', detail: 'ten' }] });
  await assert.rejects(client.emit('todo.added', { id: 1, list: 1 }).accepted, (error: Problem) => {
    assert.equal(error.code, 'too-many');
    assert.equal(error.errors.length, 1);
    return true;
  });
  await client.emit('todo.added', { id: 2, list: 1 }).accepted;

  fake.on('GET /api/todos/{id}', ({ params }) => ({ body: { id: params.id } }));
  fake.refuse('GET /api/todos/{id}', { status: 403, code: 'forbidden' }, 'always');
  await assert.rejects(client.request('GET', '/api/todos/1'), isProblem('forbidden'));
  await assert.rejects(client.request('GET', '/api/todos/1'), isProblem('forbidden'));
});

test('an event is emitted once, without a network at first and though an answer is lost', async () => {
  start();
  const client = await fake.client();
  fake.offline(true);
  const { accepted } = client.emit('order.placed', { id: 1 });
  await fake.settled();
  assert.equal(fake.events.length, 0);
  fake.lose('POST /api/events');
  fake.offline(false);
  await accepted;
  assert.equal(fake.events.length, 1);
  assert.ok(fake.requests.filter(({ path }) => path === '/api/events').length >= 3);
});

test('a route of the application answers, and what it delivers confirms the write', async () => {
  start();
  fake.on('PUT /api/todos/{id}', ({ params, body, user, query, deliver }) => {
    deliver('todo.added', { id: Number(params.id), list: body.list });
    return { status: 201, body: { by: user!.email, q: query.get('q') } };
  });
  const client = await fake.client();
  const { status, body } = await client.request('PUT', '/api/todos/7', { body: { list: 1 }, query: { q: 'a b' } });
  assert.deepEqual([status, body], [201, { by: 'ada@example.org', q: 'a b' }]);
  assert.equal(fake.events[0]!.data.id, 7);
  assert.equal(fake.requests.at(-1)!.method, 'PUT');
  await assert.rejects(client.request('GET', '/api/nothing'), isProblem('not-found'));
});

test('answers are delayed, and settled waits for them or says what is under way', async () => {
  start();
  const client = await fake.client();
  fake.on('GET /api/slow', () => ({ body: 1 }));
  fake.delay('GET /api/slow', 60);
  let answered = false;
  void client.request('GET', '/api/slow').then(() => (answered = true));
  await new Promise(resolve => setTimeout(resolve, 1));
  await assert.rejects(fake.settled(10), /GET \/api\/slow/);
  assert.equal(answered, false);
  await fake.settled();
  assert.equal(answered, true);
});

test('people are present, and signal', async () => {
  start();
  const [ada, grace] = [await fake.client(), await fake.client({ user: 'grace' })];
  const presence = ada.presence('topic:list/1');
  const signals: unknown[] = [];
  ada.onSignal('topic:list/1', ({ name, from, data }) => signals.push([name, from.name, data]));
  await fake.settled();
  const hers = grace.presence('topic:list/1', { cursor: 1 });
  await fake.settled();
  assert.deepEqual(
    presence.people.map(({ name, state }) => [name, state]),
    [['Grace', { cursor: 1 }]],
  );
  await grace.signal('topic:list/1', 'typing', { on: true });
  fake.present('topic:list/1', 'mary', { cursor: 2 });
  await fake.settled();
  assert.deepEqual(signals, [['typing', 'Grace', { on: true }]]);
  assert.equal(presence.total, 2);
  await hers.leave();
  await fake.settled();
  assert.deepEqual(
    presence.people.map(({ name }) => name),
    ['Mary'],
  );
  await presence.leave();
});

test('notifications arrive in all tabs, and are marked', async () => {
  start();
  const [one, two] = [await fake.client(), await fake.client()];
  const ends = [one, two].map(client => client.notifications.onChange(() => {}));
  await fake.settled();
  const { id } = fake.notify('ada', { title: 'Hello' });
  fake.notify('grace', { title: 'Not hers' });
  await fake.settled();
  assert.deepEqual(two.notifications.counts, { total: 1, unread: 1, unseen: 1 });
  await one.notifications.mark(id, 'read');
  await fake.settled();
  assert.deepEqual(two.notifications.counts, { total: 1, unread: 0, unseen: 0 });
  assert.ok(two.notifications.items[0]!.readAt);
  ends.forEach(end => end());
});

test('the fetch serves a client that the test makes itself', async () => {
  start();
  fake.user('ada');
  const client = createClient<Events>({ url: 'http://skelly.test', fetch: fake.fetch, session: 'token', tabs: false, offline: false });
  await client.login({ email: 'ada@example.org', password: 'any' });
  assert.equal(client.user!.email, 'ada@example.org');
  client.close();
});
