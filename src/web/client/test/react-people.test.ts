import { during, render } from './render.js';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createElement } from 'react';
import { useConnection, useEmit, useNotifications, usePresence, useUser } from '../src/react.js';
import { fakeSkelly, type FakeSkelly } from '../src/testing.js';

let fake: FakeSkelly;
afterEach(() => fake.close());

test('a component is present with its state until it is gone', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  const View = ({ at }: { at: number }) => {
    const { people, total } = usePresence('topic:page/1', { at });
    return createElement('p', null, `${total} ${people.map(({ name, state }) => `${name}:${state.at}`).join()}`);
  };
  const view = await render(client, createElement(View, { at: 1 }));
  await during(() => fake.settled());
  assert.equal(view.text(), '1 Ada:1');
  await during(async () => {
    fake.present('topic:page/1', 'grace', { at: 5 });
    await fake.settled();
  });
  assert.equal(view.text(), '2 Ada:1,Grace:5');

  const puts = () => fake.requests.filter(({ method }) => method === 'PUT').length;
  const before = puts();
  await view.again(createElement(View, { at: 1 }));
  await during(() => fake.settled());
  assert.equal(puts(), before);
  await view.again(createElement(View, { at: 2 }));
  await during(() => fake.settled());
  assert.equal(view.text(), '2 Ada:2,Grace:5');

  await view.unmount();
  await fake.settled();
  const other = await fake.client({ user: 'mary' });
  const { body } = await other.request('GET', '/api/presence/topic:page%2F1');
  assert.deepEqual(
    body.items.map(({ name }: { name: string }) => name),
    ['Grace'],
  );
});

test('a component without a state follows who is there, and does not join', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  fake.present('topic:page/1', 'grace', { at: 5 });
  const View = () => createElement('p', null, usePresence('topic:page/1').people.map(({ name }) => name).join());
  const view = await render(client, createElement(View));
  await during(() => fake.settled());
  assert.equal(view.text(), 'Grace');
  assert.equal(fake.requests.filter(({ method }) => method === 'PUT').length, 0);
  await view.unmount();
});

test('notifications are shown and marked', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  let mark!: ReturnType<typeof useNotifications>['mark'];
  const View = () => {
    const { items, counts, mark: mine } = useNotifications();
    mark = mine;
    return createElement('p', null, `${counts.unread} ${items.map(({ title }) => title).join()}`);
  };
  const view = await render(client, createElement(View));
  await during(async () => {
    fake.notify('ada', { title: 'Hello' });
    await fake.settled();
  });
  assert.equal(view.text(), '1 Hello');
  await during(async () => {
    await mark('all', 'read');
    await fake.settled();
  });
  assert.equal(view.text(), '0 Hello');
  await view.unmount();
});

test('the person and the connection are shown; events alone render nothing anew', async () => {
  fake = fakeSkelly();
  const client = await fake.client({ user: null });
  fake.user('ada');
  let renders = 0;
  const View = () => {
    const [user, { state }] = [useUser(), useConnection()];
    renders++;
    return createElement('p', null, `${user === undefined ? '?' : (user?.name ?? '-')} ${state}`);
  };
  const view = await render(client, createElement(View));
  const end = client.subscribe('order.placed', () => {});
  await during(() => fake.settled());
  assert.equal(view.text(), '- signed-out');
  await during(async () => {
    await client.login({ email: 'ada@example.org', password: 'any' });
    await fake.settled();
  });
  assert.equal(view.text(), 'Ada live');
  const before = renders;
  await during(async () => {
    fake.deliver('order.placed', { id: 1 });
    await fake.settled();
  });
  assert.equal(renders, before);
  await during(() => client.logout());
  await during(() => fake.settled());
  assert.equal(view.text(), '- signed-out');
  end();
  await view.unmount();
});

test('the function that emits stays the same', async () => {
  fake = fakeSkelly();
  const client = await fake.client();
  let emit!: ReturnType<typeof useEmit>;
  const View = ({ word }: { word: string }) => {
    emit = useEmit();
    return createElement('p', null, word);
  };
  const view = await render(client, createElement(View, { word: 'a' }));
  const first = emit;
  await view.again(createElement(View, { word: 'b' }));
  assert.equal(emit, first);
  await during(() => emit('todo.added', { word: 'b' }).accepted);
  assert.equal(fake.events[0]!.data.word, 'b');
  await view.unmount();
});
