// Opens many streams at once with npm's eventsource and says how they fare, as one JSON document.
// node herd.mjs URL STREAMS CREDENTIAL…   a credential is "cookie:VALUE:TOKEN" or "ticket:VALUE:TOKEN"; the streams are shared out evenly.
// When all are live, each token emits one event, which each stream of its person must get once.
import { EventSource } from "eventsource";

const [url, streams, ...credentials] = process.argv.slice(2);
const persons = credentials.map((text) => {
  const [kind, value, token] = text.split(":");
  return { kind, value, token };
});

function open(person) {
  const ticket = person.kind === "ticket" ? `&ticket=${person.value}` : "";
  const cookie = person.kind === "cookie" ? { Cookie: `session=${person.value}` } : {};
  const source = new EventSource(`${url}/api/stream?types=ui.clicked${ticket}`, {
    fetch: (target, init) => fetch(target, { ...init, headers: { ...init.headers, ...cookie } }),
  });
  const seen = { source, live: false, tries: 0, events: 0 };
  source.addEventListener("skelly.hello", () => (seen.tries += 1));
  source.addEventListener("skelly.bye", () => ((seen.live = false), (seen.tries += 1)));
  source.addEventListener("skelly.ready", () => (seen.live = true));
  source.addEventListener("ui.clicked", () => (seen.events += 1));
  return seen;
}

const herd = Array.from({ length: Number(streams) }, (none, n) => open(persons[n % persons.length]));
const dead = () => herd.filter((one) => one.source.readyState === EventSource.CLOSED).length;
const until = async (isSo) => {
  const end = Date.now() + 60_000;
  while (!isSo() && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

await until(() => herd.every((one) => one.live) || dead() > 0);
for (const person of persons) {
  await fetch(`${url}/api/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${person.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ type: "ui.clicked", data: { element: "the end" } }),
  });
}
await until(() => herd.every((one) => one.events > 0) || dead() > 0);
console.log(
  JSON.stringify({
    live: herd.filter((one) => one.live).length,
    dead: dead(),
    turnedAway: herd.reduce((sum, one) => sum + one.tries - 1, 0),
    once: herd.filter((one) => one.events === 1).length,
  }),
);
process.exit(0);
