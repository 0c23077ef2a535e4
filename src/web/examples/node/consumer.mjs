// Prints each item that is added to a list: once, in order, and over restarts. Ends at SIGTERM and SIGINT.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createClient } from '@skelly/client';

const { SKELLY_URL = 'http://127.0.0.1:8080', SKELLY_EMAIL, SKELLY_PASSWORD, LIST = 'groceries', CURSOR_FILE = 'cursor' } = process.env;

const reasons = ({ message, errors }) => [message, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}`)].join('; ');

function fail(why, code = 1) {
  console.error(`consumer: ${why}`);
  process.exit(code);
}

if (!SKELLY_EMAIL || !SKELLY_PASSWORD) {
  fail('SKELLY_EMAIL and SKELLY_PASSWORD are not set (expected: those of an account, for example one made on a page)', 2);
}
const client = createClient({ url: SKELLY_URL, session: 'token' });

function end() {
  client.close();
  ended(); // A logout is expected now.
  void client.logout().finally(() => process.exit());
}
let ended = () => {};
process.on('SIGTERM', end).on('SIGINT', end);

/** A crash leaves the old file or the new one, never half of one. */
function keep(cursor) {
  writeFileSync(`${CURSOR_FILE}.new`, cursor);
  renameSync(`${CURSOR_FILE}.new`, CURSOR_FILE);
}

function handle({ id, data }, { cursor }) {
  try {
    // After a kill between these two lines the event comes again: what must not happen twice takes the id as its key.
    console.log(`${id} ${data.text}`);
    keep(cursor);
  } catch (error) {
    fail(error.message);
  }
}

await client.login({ email: SKELLY_EMAIL, password: SKELLY_PASSWORD }).catch(problem => fail(`cannot sign in at ${SKELLY_URL}: ${reasons(problem)}`));
ended = client.onUser(user => user || fail('the session has ended'));
client.subscribe('list.item-added', handle, {
  channels: [`topic:list/${LIST}`],
  since: existsSync(CURSOR_FILE) ? readFileSync(CURSOR_FILE, 'utf8') : 'earliest',
  onLive: () => console.error(`consumer: reads ${LIST} as ${SKELLY_EMAIL}`),
  // Without an answer the client tries again; what the server refuses, it refuses again.
  onError: problem => ([0, 408, 429].includes(problem.status) || problem.status >= 500 ? console.error : fail)(reasons(problem)),
});
