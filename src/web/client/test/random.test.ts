import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSkelly } from '../src/testing.js';
import { numbers, pause } from './numbers.js';

const SEEDS = Number(process.env['SEEDS'] ?? 4);
const STEPS = Number(process.env['STEPS'] ?? 60);

interface Item {
  id: string;
  n: number;
}
type Events = { 'item.put': Item; 'item.noted': Item };

const put = (items: readonly Item[], item: Item) => [...items.filter(({ id }) => id !== item.id), item];

for (const transport of ['sse', 'poll'] as const) {
  for (let seed = 1; seed <= SEEDS; seed++) {
    test(`whatever the network does, every event arrives once and in order, by ${transport}, seed ${seed}`, async () => {
      const below = numbers(seed);
      const fake = fakeSkelly<Events>({ channels: { 'item.put': () => ['topic:a'] } });
      const client = await fake.client({ transport });
      const other = await fake.client({ user: 'grace', transport });
      const topics = ['topic:a', 'topic:b', 'topic:c'];
      const followed: { topic: string; seen: string[] }[] = [];
      const ends = new Map<string, () => void>();
      const live = client.live<readonly Item[]>({ types: ['item.put'], channels: ['topic:a'], initial: [], reduce: (items, event) => put(items, event.data as Item), onError: () => {} });
      const emissions: Promise<string>[] = [];
      const follow = (topic: string, since: string) => {
        const seen: string[] = [];
        followed.push({ topic, seen });
        ends.set(
          topic,
          other.subscribe(['item.put', 'item.noted'], event => seen.push(event.id), { channels: [topic], since, onError: () => {} }),
        );
      };
      follow('topic:a', 'earliest');
      const steps = [
        () => fake.deliver('item.put', { id: `i${below(5)}`, n: below(100) }, { channels: [topics[below(3)]!] }),
        () => fake.deliver('item.noted', { id: 'x', n: 0 }, { channels: ['topic:a', 'topic:b'] }),
        () => emissions.push(client.emit('item.put', { id: `i${below(5)}`, n: below(100) }).accepted.then(() => 'yes', error => error.code)),
        () => emissions.push(live.emit('item.put', { id: `i${below(5)}`, n: below(100) }).accepted.then(() => 'yes', error => error.code)),
        () => fake.refuse('item.put', { code: 'no' }),
        () => fake.lose('POST /api/events'),
        () => fake.drop(),
        () => fake.gap(),
        () => fake.offline(true),
        () => fake.offline(false),
        () => fake.offline(false),
        () => follow(topics[1 + below(2)]!, 'earliest'),
        () => ends.get(topics[1 + below(2)]!)?.(),
        () => pause(below(8)),
      ];
      for (let step = 0; step < STEPS; step++) {
        await steps[below(steps.length)]!();
      }
      fake.offline(false);
      for (const topic of topics.slice(1)) {
        ends.get(topic)?.();
        follow(topic, 'earliest');
      }
      await fake.settled();
      assert.ok((await Promise.all(emissions)).every(answer => answer === 'yes' || answer === 'no'));
      await fake.settled();
      for (const { topic, seen } of followed) {
        const sent = fake.events.filter(event => event.topics?.split(' ').includes(topic)).map(({ id }) => id);
        assert.deepEqual(seen, sent.slice(0, seen.length), topic);
      }
      assert.deepEqual(
        followed.slice(-2).map(({ seen }) => seen.length),
        topics.slice(1).map(topic => fake.events.filter(event => event.topics?.split(' ').includes(topic)).length),
      );
      const sent = fake.events.filter(({ type, topics: to }) => type === 'item.put' && to === 'topic:a');
      assert.deepEqual(
        live.get().filter(({ id }) => id),
        sent.reduce((items, event) => put(items, event.data), [] as readonly Item[]),
      );
      assert.equal(live.ready, true);
      fake.close();
    });
  }
}
