// The sentences of the contract about signals and presence, as far as the node has them: its API description tells.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { click, problem } from "./answers.mjs";
import { until } from "./streams.mjs";

const SIGNALS = "/api/channels/{channel}/signals";
const PRESENCE = "/api/presence/{channel}";

export async function topics(world) {
  const { node, first, documents, topic } = world;
  if (!documents.paths[SIGNALS] || !documents.paths[PRESENCE]) {
    console.log("--      signals and presence: not in this node");
    return;
  }
  const known = await node.call("GET", presence(topic), { token: first.token });
  if (known.status !== 200) {
    console.log(`--      signals and presence: ${topic} is no topic of this node; name another by --topic`);
    return;
  }
  const open = async (who) => {
    const socket = await node.socket("", { token: who.token });
    const answer = await socket.ask({ do: "subscribe", channels: [topic] });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    return socket;
  };
  await signals(world, open);
  await presences(world, open);
  await stays(world);
}

const presence = (channel) => `/api/presence/${encodeURIComponent(channel)}`;
const controls = (tab, name) => tab.frames.filter((one) => one.event === `skelly.${name}`);

async function signals({ node, first, second, topic, sentence }, open) {
  const sender = await open(first);
  const reader = await open(second);
  const tab = await (await node.stream(`?channels=${topic}`, { token: second.token })).ready();
  const post = (channel, body) =>
    node.call("POST", `/api/channels/${encodeURIComponent(channel)}/signals`, { token: first.token, body });
  await sentence("a signal goes to the topic's readers, with its sender stamped by the server", async () => {
    const data = { from: "another", n: 1 };
    assert.equal((await sender.ask({ do: "signal", channel: topic, name: "typing", data })).ok, true);
    const { signal } = await reader.first((one) => one.signal, "a signal");
    assert.equal(signal.channel, topic);
    assert.equal(signal.name, "typing");
    assert.equal(signal.from.id, first.id);
    assert.ok("name" in signal.from);
    assert.deepEqual(signal.data, data);
  });
  await sentence("over SSE the same is skelly.signal, without an id; what is said goes by POST", async () => {
    const name = "posted";
    const answer = await post(topic, { name, data: 7 });
    assert.ok(answer.status === 202 || answer.status === 204, `status ${answer.status}`);
    const heard = () => controls(tab, "signal").find((one) => JSON.parse(one.data).name === name);
    const frame = await until(heard, "skelly.signal");
    assert.equal(frame.id, undefined);
    const body = JSON.parse(frame.data);
    assert.equal(body.channel, topic);
    assert.equal(body.from.id, first.id);
    assert.equal(body.data, 7);
    await reader.first((one) => one.signal?.name === name, "the same over the WebSocket");
  });
  await sentence("signals never enter the log: a reader who resumes gets none", async () => {
    const { cursor } = tab.control("ready");
    const late = await (await node.stream(`?channels=${topic}&lastEventId=${cursor}`, { token: second.token })).ready();
    assert.deepEqual([late.events(), controls(late, "signal")], [[], []]);
    late.close();
  });
  await sentence("a refused signal is a problem, and nothing else happens", async () => {
    const ask = async (message) => (await sender.ask({ do: "signal", name: "typing", ...message })).problem.status;
    assert.equal(await ask({ channel: "role:admin" }), 403);
    assert.equal(await ask({ channel: "topic:no/such" }), 422);
    assert.equal(await ask({ channel: topic, data: "x".repeat(9_000) }), 413);
    assert.equal(await ask({ channel: topic, name: "Not a name" }), 422);
    problem(await post("role:admin", { name: "typing" }), 403);
    problem(await post(topic, { name: "typing", data: "x".repeat(9_000) }), 413);
    assert.equal(sender.code, undefined);
    const { id } = await click(node, first);
    assert.ok(id);
  });
  sender.close();
  reader.close();
  tab.close();
}

async function presences({ node, first, second, topic, sentence }, open) {
  const watcher = await open(second);
  const one = await open(first);
  const people = async () => (await node.call("GET", presence(topic), { token: second.token })).body.items;
  const told = (list, who) => (message) => message.presence?.[list]?.some((person) => person.id === who.id);
  const tab = await (await node.stream(`?channels=${topic}`, { token: second.token })).ready();
  await sentence("who is present is told to the topic's readers: joined, then updated", async () => {
    assert.equal((await one.ask({ do: "presence", channel: topic, state: { mood: "fine" } })).ok, true);
    const { presence: said } = await watcher.first(told("joined", first), "joined");
    assert.equal(said.channel, topic);
    assert.deepEqual(said.joined.find((person) => person.id === first.id).state, { mood: "fine" });
    assert.equal((await one.ask({ do: "presence", channel: topic, state: { mood: "better" } })).ok, true);
    await watcher.first(told("updated", first), "updated");
  });
  await sentence("over SSE the same is skelly.presence, without an id", async () => {
    const frame = await until(() => controls(tab, "presence")[0], "skelly.presence");
    assert.equal(frame.id, undefined);
    assert.equal(JSON.parse(frame.data).channel, topic);
  });
  await sentence("GET lists who is there; another tab of a person does not make two", async () => {
    const two = await open(first);
    await two.ask({ do: "presence", channel: topic, state: { mood: "two tabs" } });
    assert.deepEqual((await people()).map((person) => person.id), [first.id]);
    two.close();
  });
  await sentence("the full list is at the beginning", async () => {
    const newcomer = await open(second);
    await newcomer.ask({ do: "presence", channel: topic, state: {} });
    await newcomer.first(told("joined", first), "the full list");
    await newcomer.ask({ do: "presence", channel: topic, state: null });
    newcomer.close();
  });
  await sentence("a state that is refused is a problem, and changes nothing", async () => {
    const ask = async (state, channel = topic) => (await one.ask({ do: "presence", channel, state })).problem.status;
    assert.equal(await ask([1]), 422);
    assert.equal(await ask({ x: "x".repeat(3_000) }), 413);
    assert.equal(await ask({}, "role:admin"), 403);
    assert.ok((await people()).some((person) => person.id === first.id));
  });
  await sentence("state null leaves, and so does the end of the last connection, after its grace", async () => {
    await one.ask({ do: "presence", channel: topic, state: null });
    await watcher.first(told("left", first), "left");
    const before = watcher.messages.length;
    await one.ask({ do: "presence", channel: topic, state: {} });
    const since = () => watcher.messages.slice(before);
    await until(() => since().some(told("joined", first)), "joined again");
    one.close();
    await until(() => since().some(told("left", first)), "left", 30_000);
  });
  await sentence("PUT and DELETE do the same by requests", async () => {
    const holder = randomUUID();
    const body = { state: { by: "request" }, holder };
    const put = await node.call("PUT", presence(topic), { token: first.token, body });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    assert.ok((await people()).some((person) => person.id === first.id && person.state.by === "request"));
    const gone = await node.call("DELETE", `${presence(topic)}?holder=${holder}`, { token: first.token });
    assert.equal(gone.status, 204);
    assert.ok(!(await people()).some((person) => person.id === first.id));
  });
  await sentence("presence never enters the log", async () => {
    assert.deepEqual(watcher.events(), []);
    assert.ok(controls(tab, "presence").every((frame) => frame.id === undefined));
  });
  watcher.close();
  tab.close();
}

async function stays({ node, second, admin, topic, sentence, person }) {
  const first = await person(); // Who has no other stream.
  const types = ["presence.online", "presence.offline"];
  const named = async (who, channels) => {
    const socket = await node.socket("", { token: who.token });
    assert.equal((await socket.ask({ do: "subscribe", channels, types })).ok, true);
    return socket;
  };
  const told = (socket) =>
    socket.messages.filter((one) => one.event?.data.userId === first.id && types.includes(one.event.type));
  const reader = await named(second, [topic]);
  const operator = admin && (await named(admin, ["role:admin"]));
  const every = await (await node.stream(`?channels=${topic}`, { token: second.token })).ready();
  await sentence("presence.online and presence.offline: one each for a person and stay, not for a tab, without an id", async () => {
    const tabs = [];
    for (let n = 0; n < 2; n++) {
      const tab = await node.socket("", { token: first.token });
      await tab.ask({ do: "presence", channel: topic, state: { n } });
      tabs.push(tab);
    }
    await until(() => told(reader).length > 0, "presence.online");
    tabs.forEach((tab) => tab.close());
    await until(() => told(reader).length > 1, "presence.offline", 30_000);
    assert.deepEqual(told(reader).map((one) => one.event.type), types);
    const [{ event, id }] = told(reader);
    assert.equal(id, undefined);
    assert.equal(event.specversion, "1.0");
    assert.equal(event.subject, `user:${first.id}`);
    assert.equal(event.data.channel, topic);
  });
  await sentence("a stream that does not name these types gets none, and they are not in the history", async () => {
    assert.deepEqual(every.events().filter((one) => types.includes(one.type)), []);
    const history = await node.call("GET", `/api/events?type=${types[0]}`, { token: first.token });
    assert.deepEqual(history.body.items, []);
  });
  if (operator) {
    await sentence("administrators are told of the whole system, others are not", async () => {
      await until(() => told(operator).length > 0, "presence.online or presence.offline of the system");
      assert.ok(told(operator).every((one) => one.event.data.channel === "role:admin"));
      assert.ok(told(reader).every((one) => one.event.data.channel === topic));
    });
    operator.close();
  }
  reader.close();
  every.close();
}
