import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSkelly } from '../src/testing.js';
import { numbers, pause } from './numbers.js';

const SEEDS = Number(process.env['SEEDS'] ?? 4);
const STEPS = Number(process.env['STEPS'] ?? 40);

/** One number, which this client alone raises: what is shown must never be lower than before. */
for (const transport of ['sse', 'poll'] as const) {
  for (let seed = 1; seed <= SEEDS; seed++) {
    test(`what was shown does not vanish and return, by ${transport}, seed ${seed}`, async () => {
      const below = numbers(seed);
      const fake = fakeSkelly();
      const client = await fake.client({ transport });
      let server = 0;
      let next = 0;
      fake.on('GET /api/number', () => ({ body: { n: server } }));
      fake.on('PUT /api/number', ({ body, deliver }) => {
        server = Math.max(server, body.n);
        deliver('number.raised', { n: server });
        return { body: {} };
      });
      const errors: string[] = [];
      const live = client.live<number>({
        types: ['number.raised'],
        initial: 0,
        getState: async () => (await client.request('GET', '/api/number')).body.n,
        reduce: (n, event) => Math.max(n, event.data.n),
        timeout: 20,
        onError: () => {},
      });
      let shown = 0;
      live.onChange(() => {
        if (live.get() < shown) {
          errors.push(`${shown} became ${live.get()}`);
        }
        shown = live.get();
      });
      await fake.settled();
      const writes: Promise<unknown>[] = [];
      const raise = () => {
        const n = ++next;
        writes.push(
          live
            .optimistic(
              now => Math.max(now, n),
              () => client.request('PUT', '/api/number', { body: { n } }),
            )
            .catch(() => {}),
        );
      };
      const steps = [raise, raise, () => fake.lose('PUT /api/number'), () => fake.drop(), () => fake.gap(), () => pause(below(10)), () => fake.delay(['PUT /api/number', 'GET /api/number'][below(2)]!, below(3) * 5)];
      for (let step = 0; step < STEPS; step++) {
        await steps[below(steps.length)]!();
      }
      await Promise.all(writes);
      await pause(100);
      await fake.settled();
      assert.deepEqual(errors, []);
      assert.equal(live.get(), server);
      assert.equal(live.pending, 0);
      fake.close();
    });
  }
}
