// Emits events as the CloudEvents SDK for JavaScript writes them, in every mode, and reads them back with it from the stream and from
// history. Arguments: the node's URL, an access token. Prints what was read, one JSON document; ends with 1 when anything is not as it was.
import { strict as assert } from "node:assert";
import { CloudEvent, HTTP } from "cloudevents";
import { createParser } from "eventsource-parser";

const [url, token] = process.argv.slice(2);
const authorization = { Authorization: `Bearer ${token}` };
const source = "https://shop.example/till?é=1";

const event = (cart, more) => new CloudEvent({ type: "cart.left", source: encodeURI(source), data: { cartId: cart }, ...more });
const texts = "\r\n\r\n: \u2028\u2029\u0085\"\\ ünï 💡 data: id: 7";
const cases = {
  plain: event("plain"),
  subject: event("subject", { subject: "cart:subject" }),
  time: event("time", { time: "2026-11-23T10:00:00.123Z" }),
  schema: event("schema", { dataschema: "https://shop.example/cart.json", datacontenttype: "application/json" }),
  extensions: event("extensions", { partitionkey: "k 1", sequence: 12, sampled: true, traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` }),
  text: new CloudEvent({ type: "note.left", source: "/till", data: { text: texts, numbers: [1, 1.5, 1e-7, 9007199254740991], deep: { yes: true, no: null } } }),
  nothing: new CloudEvent({ type: "bell.rung", source: "/till" }),
};

const post = async (message) => {
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${url}/api/events`, { method: "POST", headers: { ...headers, ...authorization }, body: message.body });
  const body = await response.json();
  assert.equal(response.status, 202, `${JSON.stringify(message)}: ${JSON.stringify(body)}`);
  return body;
};

const stream = await fetch(`${url}/api/stream`, { headers: authorization });
const heard = [];
const parser = createParser({ onEvent: (one) => heard.push(one) });
const reading = (async () => {
  const decoder = new TextDecoder();
  for await (const chunk of stream.body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
  }
})().catch(() => {});
const until = async (what, isSo) => {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < 1000, what);
    await new Promise((done) => setTimeout(done, 20));
  }
};
await until("the stream is not ready", () => heard.some((one) => one.event === "skelly.ready"));

const sent = [];
const modes = { structured: (one) => HTTP.structured(one), binary: (one) => HTTP.binary(one) };
for (const [mode, write] of Object.entries(modes)) {
  for (const [name, one] of Object.entries(cases)) {
    const again = one.cloneWith({ id: crypto.randomUUID() });
    const answer = await post(write(again));
    assert.equal(answer.id, again.id);
    const repeated = await post(write(again));
    assert.deepEqual(repeated, answer, `${mode} ${name} sent again`);
    sent.push({ mode, name, one: again });
  }
}
const batch = Object.entries(cases).map(([name, one]) => ({ mode: "batch", name, one: one.cloneWith({ id: crypto.randomUUID() }) }));
const answers = await post({
  headers: { "content-type": "application/cloudevents-batch+json" },
  body: JSON.stringify(batch.map(({ one }) => one)),
});
assert.deepEqual(answers.items.map((item) => item.status), batch.map(() => 202), JSON.stringify(answers));
assert.deepEqual(answers.items.map((item) => item.id), batch.map(({ one }) => one.id));
sent.push(...batch);

const same = (where, read, { mode, name, one }) => {
  assert.ok(read.validate(), `${where} ${mode} ${name}`);
  assert.equal(read.type, one.type);
  assert.deepEqual(read.data, one.data ?? {}, `${where} ${mode} ${name}`);
  if (one.subject) {
    assert.equal(read.subject, one.subject);
  }
};
const structured = (body) => HTTP.toEvent({ headers: { "content-type": "application/cloudevents+json" }, body });

const ours = new Set(sent.map(({ one }) => one.id));
const streamed = () => heard.filter((one) => !one.event?.startsWith("skelly.")).map((one) => ({ frame: one, read: structured(one.data) }))
  .filter(({ read }) => ours.has(read.id));
await until("events are missing on the stream", () => streamed().length === sent.length);
for (const each of sent) {
  const { frame, read } = streamed().find((one) => one.read.id === each.one.id);
  same("stream", read, each);
  assert.equal(frame.event, read.type);
  assert.match(frame.id, /^[\w-]{22}$/);
}

const page = await (await fetch(`${url}/api/events?type=cart.left,note.left,bell.rung&limit=200`, { headers: authorization })).json();
const past = HTTP.toEvent({ headers: { "content-type": "application/cloudevents-batch+json" }, body: JSON.stringify(page.items) });
for (const each of sent) {
  same("history", past.find((one) => one.id === each.one.id), each);
  const single = await fetch(`${url}/api/events/${each.one.id}`, { headers: authorization });
  same("one event", structured(await single.text()), each);
}
await stream.body.cancel().catch(() => {});
console.log(JSON.stringify({ sent: sent.length, streamed: streamed().length, history: past.length }));
process.exit(0);
