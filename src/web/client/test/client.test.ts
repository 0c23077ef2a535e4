import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { fakeSkelly, type FakeSkelly } from '../src/testing.js';

let fake: FakeSkelly;
afterEach(() => fake.close());

test('after a logout that the server did not get, nothing arrives', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  const seen: number[] = [];
  client.subscribe('order.placed', event => seen.push(event.data.id));
  await fake.settled();
  fake.refuse('POST /api/auth/logout', { status: 500, code: 'internal' });
  await client.logout();
  fake.deliver('order.placed', { id: 1 });
  await fake.settled();
  assert.deepEqual(seen, []);
  assert.equal(client.connection.state, 'signed-out');
});

test('an aborted signal rejects at once', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  fake.on('GET /api/slow', () => ({ body: 1 }));
  const before = fake.requests.length;
  await assert.rejects(client.request('GET', '/api/slow', { signal: AbortSignal.abort() }));
  assert.equal(fake.requests.length, before);
  fake.delay('GET /api/slow', 500);
  const cut = new AbortController();
  const asked = client.request('GET', '/api/slow', { signal: cut.signal });
  setTimeout(() => cut.abort(), 5);
  await assert.rejects(asked);
});

test('a refused subscription ends alone', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  const seen: unknown[] = [];
  client.subscribe('order.placed', event => seen.push(event.data.id));
  await fake.settled();
  fake.refuse('POST /api/stream/*', { status: 403, code: 'forbidden' });
  client.subscribe('secret.told', () => seen.push('secret'), { channels: ['topic:x'], onError: error => seen.push(error.code) });
  await fake.settled();
  fake.deliver('order.placed', { id: 1 });
  await fake.settled();
  assert.deepEqual(seen, ['forbidden', 1]);
});

test('state is read when live and after a gap, and events wait for it', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  const seen: unknown[] = [];
  let reads = 0;
  fake.on('GET /api/state', () => ({ body: ++reads }));
  fake.delay('GET /api/state', 20);
  client.subscribe('order.placed', event => seen.push(event.data.id), {
    getState: async after => {
      const { body } = await client.request('GET', '/api/state', { query: { after: after ?? undefined } });
      seen.push(`read ${body}`);
    },
    onLive: () => seen.push('live'),
  });
  await new Promise(resolve => setTimeout(resolve, 12));
  fake.deliver('order.placed', { id: 1 });
  await fake.settled();
  fake.gap();
  await fake.settled();
  fake.deliver('order.placed', { id: 2 });
  await fake.settled();
  assert.deepEqual(seen, ['read 1', 1, 'live', 'read 2', 'live', 2]);
});

test('an expired token is renewed once for all requests', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  fake.on('GET /api/a', () => ({ body: 1 }));
  fake.refuse('GET /api/a', { status: 401, code: 'expired' });
  fake.refuse('GET /api/a', { status: 401, code: 'expired' });
  const answers = await Promise.all([client.request('GET', '/api/a'), client.request('GET', '/api/a')]);
  assert.deepEqual(answers.map(a => a.body), [1, 1]);
  assert.equal(fake.requests.filter(r => r.path === '/api/auth/refresh').length, 1);
});

test('handlers of one event, and unsubscribing inside of one', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  const seen: unknown[] = [];
  const end = client.subscribe('order.placed', event => {
    seen.push(['a', event.data.id]);
    end();
  });
  client.subscribe('order.*', event => seen.push(['b', event.data.id]));
  await fake.settled();
  fake.deliver('order.placed', { id: 1 });
  fake.deliver('order.placed', { id: 2 });
  await fake.settled();
  assert.deepEqual(seen, [['a', 1], ['b', 1], ['b', 2]]);
});

test('another person gets nothing of the first one', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  fake.user('grace');
  const seen: unknown[] = [];
  client.subscribe('order.placed', event => seen.push(event.data.id));
  await fake.settled();
  await client.logout();
  await client.login({ email: 'grace@example.org', password: 'x' });
  await fake.settled();
  fake.deliver('order.placed', { id: 1 }, { channels: [`user:${fake.user('ada').id}`] });
  fake.deliver('order.placed', { id: 2 }, { channels: [`user:${fake.user('grace').id}`] });
  await fake.settled();
  assert.deepEqual(seen, [2]);
});

test('what was tracked leaves with the client, also where there is no navigator', async () => {
  fake = fakeSkelly();
  const client = await fake.client({ session: 'cookie' });
  client.track('ui.viewed', { element: 'page' });
  client.close();
  await fake.settled();
  assert.deepEqual(
    fake.events.map(({ type }) => type),
    ['ui.viewed'],
  );
});
