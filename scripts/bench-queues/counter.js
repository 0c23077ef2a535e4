// The effect that all queues have, the same as that of Skelly's own worker: one row of a thousand is counted up.
import pg from "pg";

export const ROWS = 1000;
export const ONE = "update bench_counter set n = n + 1 where id = $1";

// What a batch of jobs may do in one statement. Rows are locked in their order, so that two batches never wait for each other in a circle.
export const MANY = `
  with hit as (select id, count(*) as times from unnest($1::int[]) as id group by id),
       locked as (select c.id from bench_counter c join hit using (id) order by c.id for update)
  update bench_counter c set n = c.n + hit.times from hit join locked using (id) where c.id = hit.id`;

export function pool(size) {
  const made = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: size });
  made.on("connect", client => client.on("error", failed));
  return made.on("error", failed);
}

function failed(failure) {
  console.error(failure);
  process.exitCode = 1;
}

let state = 1; // The same rows in each run.

export function randomRow() {
  state = (state * 48271) % 2147483647;
  return 1 + (state % ROWS);
}

/** Counts effects; `reached(n)` resolves when n more were counted. */
export class Tally {
  #left = 0;
  #resolve = () => {};

  reached(count) {
    this.#left = count;
    return new Promise(resolve => (this.#resolve = resolve));
  }

  add(count) {
    this.#left -= count;
    if (this.#left <= 0) this.#resolve();
  }
}

/** Drains some jobs to warm the process up, then the measured ones; prints effects a second as one line of JSON. */
export async function measure(insert, drain) {
  const jobs = Number(process.env.BENCH_JOBS ?? 200_000);
  await insert(Math.ceil(jobs / 10));
  await drain(Math.ceil(jobs / 10));
  await insert(jobs);
  const began = performance.now();
  await drain(jobs);
  console.log(JSON.stringify({ jobs, perSecond: (jobs * 1000) / (performance.now() - began) }));
}

/** Calls `insert` with arrays of rows, so many at once as one statement takes well. */
export async function inParts(count, insert) {
  for (let done = 0; done < count; done += 5000) {
    await insert(Array.from({ length: Math.min(5000, count - done) }, randomRow));
  }
}
