import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { createClient } from '../src/index.js';
import { SkellyProvider, useConnection, useEmit, useEvent, useEvents, useLiveQuery, useNotifications, usePresence, useSkelly, useUser } from '../src/react.js';

function View() {
  useEvent('todo.*', () => {});
  useEmit();
  const events = useEvents('todo.*', { since: 'earliest' });
  const [state, { ready, pending }] = useLiveQuery({ types: ['todo.*'], initial: 'initial', reduce: state => state });
  const { people, total } = usePresence('topic:page/1', { at: 1 });
  const { items, counts } = useNotifications();
  const values = [useSkelly() && 'client', events, state, ready, pending, people, total, items, counts.unread, useConnection().state, useUser()];
  return createElement('p', null, JSON.stringify(values));
}

test('a server renders initial values, and opens nothing', () => {
  assert.equal(typeof window, 'undefined');
  const options = { fetch: () => assert.fail('no request during a server render'), url: 'http://skelly.test' };
  const html = renderToString(createElement(SkellyProvider, { options }, createElement(View)));
  assert.equal(html.replaceAll('&quot;', '"'), '<p>[null,[],"initial",false,0,[],0,[],0,"idle",null]</p>');
});

test('a client that exists on the server is not used', () => {
  const client: any = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? assert.fail(`reads ${name}`) : undefined) });
  const html = renderToString(createElement(SkellyProvider, { client }, createElement(View)));
  assert.match(html, /initial/);
});

test('a client that a server makes opens nothing and has no session', { timeout: 10_000 }, async context => {
  const { BroadcastChannel } = globalThis;
  context.after(() => Object.assign(globalThis, { BroadcastChannel }));
  Object.assign(globalThis, { BroadcastChannel: () => assert.fail('no channel to other tabs on a server') });
  const number = (kinds: string[], kind: string) => kinds.filter(one => one === kind).length;
  const before = [...process.getActiveResourcesInfo(), 'Immediate']; // That is the wait below.
  const client = createClient({ fetch: () => assert.fail('no request of a server') });
  assert.equal(await client.started, null);
  assert.deepEqual([client.user, client.connection.transport, client.connection.cursor], [null, null, null]);
  // The start takes a turn; nothing lasts longer. The test would not end otherwise.
  const more = () => process.getActiveResourcesInfo().filter((kind, i, all) => number(all, kind) > number(before, kind));
  while (more().length) {
    await new Promise(resolve => setImmediate(resolve));
  }
});
