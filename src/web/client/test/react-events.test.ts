import { during, render } from './render.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createElement } from 'react';
import { useEvent, useEvents } from '../src/react.js';
import { recorded } from './recorded.js';

test('a handler is always the latest one, and equal terms keep the subscription', async () => {
  const skelly = recorded();
  const seen: string[] = [];
  const View = ({ word }: { word: string }) => {
    useEvent(['todo.added', 'todo.removed'], event => seen.push(`${word} ${event.data.id}`), { channels: ['topic:list/1'], onLive: () => {} });
    return null;
  };
  const view = await render(skelly.client, createElement(View, { word: 'one' }));
  const before = skelly.count();
  await view.again(createElement(View, { word: 'two' }));
  skelly.send('todo.added', { id: 7 });

  assert.deepEqual(seen, ['two 7']);
  assert.equal(skelly.count(), before);
  assert.deepEqual(skelly.open[0]!.options.channels, ['topic:list/1']);
  await view.unmount();
  assert.equal(skelly.open.length, 0);
});

test('StrictMode leaves one subscription; other terms replace it', async () => {
  const skelly = recorded();
  const View = ({ list, enabled }: { list: number; enabled: boolean }) => {
    useEvent('todo.*', () => {}, { channels: [`topic:list/${list}`], enabled });
    return null;
  };
  const view = await render(skelly.client, createElement(View, { list: 1, enabled: true }));
  assert.equal(skelly.open.length, 1);
  await view.again(createElement(View, { list: 2, enabled: true }));
  assert.deepEqual(
    skelly.open.map(one => one.options.channels),
    [['topic:list/2']],
  );
  await view.again(createElement(View, { list: 2, enabled: false }));
  assert.equal(skelly.open.length, 0);
  await view.unmount();
});

test('the filter is that of the latest render', async () => {
  const skelly = recorded();
  const seen: number[] = [];
  const View = ({ from }: { from: number }) => {
    useEvent('todo.added', event => seen.push(event.data.id), { filter: event => event.data.id >= from });
    return null;
  };
  const view = await render(skelly.client, createElement(View, { from: 1 }));
  await view.again(createElement(View, { from: 5 }));
  skelly.send('todo.added', { id: 4 });
  skelly.send('todo.added', { id: 5 });
  assert.deepEqual(seen, [5]);
  await view.unmount();
});

test('the newest events are kept in the order of the log, and other terms begin anew', async () => {
  const skelly = recorded();
  const View = ({ list }: { list: number }) => {
    const events = useEvents(['todo.added'], { channels: [`topic:list/${list}`], limit: 2, since: 'earliest', filter: event => event.data.id !== 2 });
    return createElement('p', null, events.map(event => event.data.id).join());
  };
  const view = await render(skelly.client, createElement(View, { list: 1 }));
  await during(() => [1, 2, 3, 4].forEach(id => skelly.send('todo.added', { id })));
  assert.equal(view.text(), '3,4');
  assert.equal(skelly.open[0]!.options.since, 'earliest');
  await view.again(createElement(View, { list: 2 }));
  assert.equal(view.text(), '');
  assert.equal(skelly.open.length, 1);
  await view.unmount();
});
