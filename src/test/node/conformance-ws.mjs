// The sentences of the contract about WebSockets.
import assert from "node:assert/strict";
import { click } from "./answers.mjs";
import { until } from "./streams.mjs";

export async function webSockets({ node, first, second, sentence }) {
  const open = async (who = first) => {
    const socket = await node.socket("", { token: who.token });
    await socket.control("ready");
    return socket;
  };
  const socket = await open();
  await sentence("the WebSocket speaks skelly.v1.json; hello, then ready with a cursor, as on the stream", async () => {
    assert.equal(socket.socket.protocol, "skelly.v1.json");
    assert.equal(socket.messages[0].control, "hello");
    assert.equal(typeof socket.messages[0].connection, "string");
    assert.equal(typeof (await socket.control("ready")).cursor, "string");
  });
  await sentence("subscribe answers with its ref and a cursor; then events with cursors", async () => {
    const quiet = await click(node, first);
    await until(() => socket.messages.some((one) => one.correlation === quiet.correlation), "passed");
    const answer = await socket.ask({ do: "subscribe", types: ["ui.*"] });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    assert.equal(typeof answer.cursor, "string");
    const { id } = await click(node, first);
    const message = await socket.event(id);
    assert.equal(message.event.specversion, "1.0");
    assert.equal(message.event.type, "ui.clicked");
    assert.equal(typeof message.id, "string");
    assert.ok(!socket.events().some((event) => event.id === quiet.id));
  });
  await sentence("emit answers with id and position, and passed follows", async () => {
    const answer = await socket.ask({ do: "emit", type: "ui.clicked", data: { element: "by WebSocket" } });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    assert.equal(typeof answer.position, "string");
    assert.equal((await socket.event(answer.id)).event.data.element, "by WebSocket");
    const passed = (one) => one.control === "passed" && one.correlation === answer.correlation;
    await until(() => socket.messages.some(passed), "passed");
    const arrived = socket.messages.findIndex((one) => one.event?.id === answer.id);
    assert.ok(arrived < socket.messages.findIndex(passed), "passed came before the event");
  });
  await sentence("emit with an id is accepted once", async () => {
    const id = `once-${Date.now()}`;
    const one = await socket.ask({ do: "emit", type: "ui.clicked", data: { element: "once" }, id });
    const two = await socket.ask({ do: "emit", type: "ui.clicked", data: { element: "once" }, id });
    assert.deepEqual([two.ok, two.id], [one.ok, one.id], JSON.stringify([one, two]));
  });
  await sentence("after resumes: each event once and in order", async () => {
    const missed = await click(node, first, "missed");
    const cursor = (await socket.event(missed.id)).id;
    const next = [await click(node, first, "next"), await click(node, first, "next but one")];
    const again = await open();
    const answer = await again.ask({ do: "subscribe", types: ["ui.clicked"], after: cursor });
    assert.equal(answer.cursor, cursor);
    const live = await click(node, first, "live");
    await again.event(live.id);
    assert.deepEqual(again.events().map((event) => event.id), [...next, live].map((one) => one.id));
    again.close();
  });
  await sentence("unsubscribe ends delivery, and the connection goes on", async () => {
    assert.equal((await socket.ask({ do: "unsubscribe" })).ok, true);
    const { id, correlation } = await click(node, first);
    await until(() => socket.messages.some((one) => one.correlation === correlation), "passed");
    assert.ok(!socket.events().some((event) => event.id === id));
    assert.equal((await socket.ask({ do: "subscribe", types: ["ui.clicked"] })).ok, true);
  });
  await sentence("ping is answered with pong; token with ok", async () => {
    socket.send({ do: "ping" });
    await socket.first((one) => one.pong === true, "a pong");
    const { token } = await first.signIn();
    assert.equal((await socket.ask({ do: "token", token })).ok, true);
    assert.equal((await socket.ask({ do: "token", token: second.token })).problem.status, 403);
  });
  await refused({ node, first, second, sentence, socket });
  await sentence("the cookie opens a WebSocket of the same origin only", async () => {
    const own = await node.socket("", { cookie: first.cookie, headers: { Origin: node.url } });
    own.close();
    const headers = { Origin: "http://another.example", "Sec-Fetch-Site": "cross-site" };
    await assert.rejects(node.socket("", { cookie: first.cookie, headers }), /403/);
    await assert.rejects(node.socket("", {}), /401/);
  });
  await sentence("a ticket opens a WebSocket", async () => {
    const made = await node.call("POST", "/api/stream/tickets", { token: first.token });
    const byTicket = await node.socket(`?ticket=${made.body.ticket}`);
    await byTicket.control("ready");
    byTicket.close();
  });
  await sentence("a logout closes with bye auth and a code from 3500 on: do not reconnect", async () => {
    const login = await second.signIn();
    const ending = await open(login);
    await node.call("POST", "/api/auth/logout", { token: login.token });
    const code = await ending.closed();
    assert.equal((await ending.control("bye")).reason, "auth");
    assert.ok(code >= 3500, `code ${code}`);
  });
  socket.close();
}

async function refused({ node, first, second, sentence, socket }) {
  const cases = [
    ["no JSON", "no JSON", 400],
    ["a list", "[]", 400],
    ["a message that is too large", JSON.stringify({ do: "ping", ref: "x".repeat(200_000) }), 413],
    ["an unknown do", { do: "dance", ref: "r" }, 422],
    ["no ref", { do: "subscribe" }, 422],
    ["a channel of another person", { do: "subscribe", ref: "r", channels: [`user:${second.id}`] }, 403],
    ["an unknown type", { do: "subscribe", ref: "r", types: ["no.such"] }, 422],
    ["an unknown channel", { do: "subscribe", ref: "r", channels: ["no:such"] }, 422],
    ["a malformed cursor", { do: "subscribe", ref: "r", after: "nonsense" }, 422],
    ["an event of an undeclared type", { do: "emit", ref: "r", type: "no.such", data: {} }, [403, 422]],
    ["an event with wrong data", { do: "emit", ref: "r", type: "ui.clicked", data: { element: 7 } }, 422],
    ["a forged token", { do: "token", ref: "r", token: "forged" }, 401],
  ];
  for (const [what, message, status] of cases) {
    await sentence(`refused with a problem, and nothing closes: ${what}`, async () => {
      const answer = await socket.refusal(message);
      assert.ok([status].flat().includes(answer.problem.status), JSON.stringify(answer));
      assert.equal(answer.ref, message.ref);
      const { id } = await click(node, first);
      await socket.event(id);
      assert.equal(socket.code, undefined);
    });
  }
  await sentence("messages that are too many are refused, and nothing closes", async () => {
    for (let n = 0; n < 300 && !socket.messages.some((one) => one.problem?.status === 429); n++) {
      socket.send({ do: "ping" });
    }
    await socket.first((one) => one.problem?.status === 429, "status 429");
    await until(() => socket.messages.at(-1), "a message");
    const { id } = await click(node, first);
    await socket.event(id);
    assert.equal(socket.code, undefined);
    await new Promise((resolve) => setTimeout(resolve, 2_000)); // So that the next sentences may send again.
  });
}
