// graphile-worker with the settings of its page on performance: jobs are fetched and completed in batches.
import { makeWorkerUtils, run, Logger } from "graphile-worker";
import { ONE, Tally, inParts, measure, pool } from "./counter.js";

const CONCURRENCY = Number(process.env.BENCH_CONCURRENCY ?? 24);
const QUEUE = Number(process.env.BENCH_QUEUE ?? 1000);
const database = pool(CONCURRENCY + 4);
const utils = await makeWorkerUtils({ pgPool: database, logger: new Logger(() => () => {}) });
await utils.migrate();
const tally = new Tally();

const options = {
  pgPool: database,
  logger: new Logger(() => () => {}),
  noHandleSignals: true,
  preset: {
    worker: {
      concurrentJobs: CONCURRENCY,
      localQueue: { size: QUEUE },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  },
  taskList: {
    count: async payload => {
      await database.query({ name: "count", text: ONE, values: [payload.row] });
      tally.add(1);
    },
  },
};

const insert = count =>
  inParts(count, rows => utils.addJobs(rows.map(row => ({ identifier: "count", payload: { row } }))));

let drained = Promise.resolve();

async function drain(count) {
  const reached = tally.reached(count);
  const runner = await run(options);
  await reached;
  drained = runner.stop();
}

await measure(async count => {
  await drained;
  await insert(count);
}, drain);
await drained;
await utils.release();
await database.end();
