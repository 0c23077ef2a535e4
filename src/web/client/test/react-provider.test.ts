import { during } from './render.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, createElement, StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { SkellyProvider, useConnection, useEvent, useEvents, useSkelly, useUser } from '../src/react.js';
import { fakeSkelly } from '../src/testing.js';
import type { SkellyClient } from '../src/types.js';

test('a provider with options makes one client, and closes it', async () => {
  const fake = fakeSkelly();
  const clients = new Set<SkellyClient<any>>();
  const View = () => {
    const client = useSkelly();
    if (client) {
      clients.add(client);
    }
    useEvent('order.placed', () => {});
    return createElement('p', null, useConnection().state);
  };
  const options = () => ({ url: 'http://skelly.test', fetch: fake.fetch, session: 'token' as const, tabs: false, offline: false });
  const element = () => createElement(StrictMode, null, createElement(SkellyProvider, { options: options() }, createElement(View)));
  const container = document.createElement('div');
  const root = createRoot(container);
  await act(async () => root.render(element()));
  await during(() => fake.settled());
  assert.equal(container.textContent, 'signed-out');
  await act(async () => root.render(element()));
  assert.equal(clients.size, 1);
  await act(async () => root.unmount());
  assert.equal([...clients][0]!.connection.state, 'closed');
});

test('a hook without a provider says what is missing', async () => {
  const root = createRoot(document.createElement('div'), { onUncaughtError: () => {} });
  const View = () => createElement('p', null, useConnection().state);
  await assert.rejects(async () => act(async () => root.render(createElement(View))), /SkellyProvider/);
});

test('what the browser renders first is what a server rendered', async () => {
  const fake = fakeSkelly();
  const client = await fake.client();
  const errors: unknown[] = [];
  const View = () => {
    const [user, events, { state }] = [useUser(), useEvents('order.*', { since: 'earliest' }), useConnection()];
    return createElement('p', null, `${user?.name ?? '?'} ${events.length} ${state}`);
  };
  fake.deliver('order.placed', { id: 1 });
  const element = createElement(SkellyProvider, { client }, createElement(View));
  const container = document.createElement('div');
  container.innerHTML = renderToString(element);
  assert.equal(container.textContent, '? 0 idle');
  const root = await act(async () => hydrateRoot(container, element, { onRecoverableError: error => errors.push(error) }));
  await during(() => fake.settled());
  assert.equal(container.textContent, 'Ada 1 live');
  assert.deepEqual(errors, []);
  await act(async () => root.unmount());
  fake.close();
});
