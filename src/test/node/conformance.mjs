// Checks a running node against each sentence of the wire contract about streams. node conformance.mjs URL [--email E --password P] [--topic T]
// Registers two accounts, or one beside the given one; an administrator is used for what only administrators may do. Prints
// one line for each sentence; exit code 1 after a failure.
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { Node } from "./streams.mjs";
import { eventStreams } from "./conformance-sse.mjs";
import { webSockets } from "./conformance-ws.mjs";
import { notifications } from "./conformance-notifications.mjs";
import { topics } from "./conformance-topics.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { email: { type: "string" }, password: { type: "string" }, topic: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("usage: scripts/conformance URL [--email E --password P] [--topic T]");
  process.exit(2);
}

const node = new Node(positionals[0]);
let failed = 0;
let checked = 0;

async function sentence(text, check) {
  checked += 1;
  try {
    await check();
    console.log(`ok      ${text}`);
  } catch (failure) {
    failed += 1;
    console.log(`FAILED  ${text}\n        ${String(failure.message ?? failure).replaceAll("\n", "\n        ")}`);
  }
}

/** A person with two ways in: the access token, and the cookie of a session. */
async function person(email = `conformance-${randomUUID()}@example.org`, password = `a password of ${randomUUID()}`) {
  if (email.startsWith("conformance-")) {
    const made = await node.call("POST", "/api/auth/register", { body: { email, password, name: "A reader" } });
    if (made.status !== 201) {
      throw new Error(`cannot register (${made.status}): give --email and --password\n${JSON.stringify(made.body)}`);
    }
  }
  const signIn = async () => {
    const answer = await node.call("POST", "/api/auth/login", { body: { email, password } });
    if (answer.status !== 200) {
      throw new Error(`cannot log in: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    const cookies = answer.headers.getSetCookie().map((set) => set.slice(0, set.indexOf(";")));
    const cookie = (name) => cookies.find((one) => one.startsWith(`${name}=`)).slice(name.length + 1);
    return {
      token: answer.body.accessToken,
      cookie: cookie("session"),
      refresh: cookie("refresh"),
      id: answer.body.user.id,
    };
  };
  return { ...(await signIn()), signIn };
}

const given = values.email === undefined ? undefined : await person(values.email, values.password);
const isAdmin = given && (await node.call("GET", "/api/users", { token: given.token })).status === 200;
const first = given && !isAdmin ? given : await person();
const second = await person();
const documents = (await node.call("GET", "/openapi.json")).body;
const topic = values.topic ?? `topic:feedback/${randomUUID()}`; // A topic that two people may read.
const world = { node, first, second, admin: isAdmin ? given : undefined, sentence, documents, topic, person };

await eventStreams(world);
await webSockets(world);
await topics(world);
await notifications(world);
console.log(`${checked - failed} of ${checked} sentences hold`);
process.exit(failed === 0 ? 0 : 1);
