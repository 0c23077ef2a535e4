// pg-boss with workers that fetch batches without a pause while batches are full. BENCH_MERGED=yes: one update for a batch, else one for a job.
import { PgBoss } from "pg-boss";
import { MANY, ONE, Tally, inParts, measure, pool } from "./counter.js";

const BATCH = Number(process.env.BENCH_BATCH ?? 1000);
const WORKERS = Number(process.env.BENCH_WORKERS ?? 2);
const MERGED = process.env.BENCH_MERGED === "yes";
const CONNECTIONS = 24;
const database = pool(CONNECTIONS);
const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 10, supervise: false, schedule: false });
boss.on("error", failure => {
  console.error(failure);
  process.exitCode = 1;
});
await boss.start();
const queue = MERGED ? "count-merged" : "count-each";
await boss.createQueue(queue);
const tally = new Tally();

const each = jobs => Promise.all(jobs.map(job => database.query({ name: "one", text: ONE, values: [job.data.row] })));
const merged = jobs => database.query({ name: "many", text: MANY, values: [jobs.map(job => job.data.row)] });

async function handle(jobs) {
  await (MERGED ? merged(jobs) : each(jobs));
  tally.add(jobs.length);
}

const insert = count => inParts(count, rows => boss.insert(queue, rows.map(row => ({ data: { row } }))));

async function drain(count) {
  const reached = tally.reached(count);
  await boss.work(
    queue,
    { batchSize: BATCH, localConcurrency: WORKERS, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    handle,
  );
  await reached;
  await boss.offWork(queue, { wait: true });
}

await measure(insert, drain);
await boss.stop({ graceful: true });
await database.end();
