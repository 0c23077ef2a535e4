// The sentences of the contract about changes of open streams, and about polls.
import assert from "node:assert/strict";
import { CLICK, click, problem } from "./answers.mjs";

export async function subscriptions({ node, first, second, sentence }, stream) {
  const change = (tab, body, who = first) =>
    node.call("POST", `/api/stream/${tab.control("hello").connection}/subscriptions`, { token: who.token, body });
  const viewed = { type: "ui.viewed", data: { page: "/" } };
  const view = async () => (await node.call("POST", "/api/events", { token: first.token, body: viewed })).body;
  const tab = await stream(`?types=${CLICK}`);
  await sentence("an open stream takes more types and channels, complete from the returned cursor", async () => {
    await view();
    const added = await change(tab, { add: { types: ["ui.viewed"] } });
    assert.equal(added.status, 200, JSON.stringify(added.body));
    assert.equal(typeof added.body.cursor, "string");
    const { id } = await view();
    await tab.event(id);
    const after = await stream(`?types=ui.viewed&lastEventId=${added.body.cursor}`);
    const seen = (one) => one.type === "ui.viewed";
    assert.deepEqual(after.events().filter(seen), tab.events().filter(seen));
    after.close();
  });
  await sentence("and gives up some", async () => {
    assert.equal((await change(tab, { remove: { types: ["ui.viewed"] } })).status, 200);
    const gone = await view();
    const { id } = await click(node, first);
    await tab.event(id);
    assert.ok(!tab.events().some((event) => event.id === gone.id));
  });
  await sentence("a refused change (404, 403, 422) changes nothing", async () => {
    problem(await change(tab, { add: { types: ["ui.viewed"] } }, second), 404);
    problem(await change(tab, { add: { channels: [`user:${second.id}`] } }), 403);
    const body = problem(await change(tab, { add: { types: ["no.such"], channels: ["no:such"] } }), 422);
    assert.equal(body.errors.length, 2);
    problem(await change(tab, {}), 422);
    const { id } = await click(node, first);
    await tab.event(id);
    assert.ok(!tab.ended);
  });
  tab.close();
}

export async function polls({ node, first, second, sentence }) {
  const poll = (query) => node.call("GET", `/api/stream?mode=poll${query}`, { token: first.token });
  const { position } = await click(node, first);
  await sentence("a poll answers at once with items and a cursor", async () => {
    const { id } = await click(node, first);
    const answer = await poll(`&types=${CLICK}&after=${position}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^application\/json/);
    assert.deepEqual(answer.body.items.map((event) => event.id), [id]);
    assert.equal(typeof answer.body.cursor, "string");
  });
  await sentence("or when something happens, and chained polls lose and repeat nothing", async () => {
    let cursor = (await poll(`&types=${CLICK}&after=${position}`)).body.cursor;
    const emitted = [];
    const got = [];
    let waiting = poll(`&types=${CLICK}&after=${cursor}`);
    for (let n = 0; n < 5; n++) {
      emitted.push((await click(node, first, `poll ${n}`)).id);
      await click(node, second);
    }
    while (got.length < emitted.length) {
      const answer = await waiting;
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      got.push(...answer.body.items.map((event) => event.id));
      cursor = answer.body.cursor;
      waiting = poll(`&types=${CLICK}&after=${cursor}`);
    }
    await click(node, first, "so that the last poll ends");
    await waiting;
    assert.deepEqual(got, emitted);
  });
  await sentence("a poll tells what has passed", async () => {
    const { cursor } = (await poll(`&types=${CLICK}&after=${position}`)).body;
    const waiting = poll(`&types=ui.viewed&after=${cursor}`);
    const { correlation } = await click(node, first);
    let answer = await waiting;
    while (!answer.body.passed?.some((one) => one.correlation === correlation)) {
      assert.deepEqual(answer.body.items, []);
      answer = await poll(`&types=ui.viewed&after=${answer.body.cursor}`);
    }
  });
  await sentence("a poll refuses what a stream refuses", async () => {
    problem(await poll("&types=no.such"), 422);
    problem(await poll(`&channels=user:${second.id}`), 403);
    problem(await poll("&after=nonsense"), 400);
  });
}
