// The sentences of the contract about Server-Sent Events.
import assert from "node:assert/strict";
import { CLICK, click, problem } from "./answers.mjs";
import { polls, subscriptions } from "./conformance-changes.mjs";
import { until } from "./streams.mjs";

const ORIGIN = "http://another.example";

export async function eventStreams(world) {
  const { node, first, second, sentence } = world;
  const stream = async (query, options = { token: first.token }) => (await node.stream(query, options)).ready();
  const idle = await stream("?types=ui.viewed");

  await opening(world, stream);
  await credentials(world);
  await cursors(world, stream);
  await subscriptions(world, stream);
  await polls(world);
  await ends(world, stream);

  await sentence("a comment, or id: alone, keeps an idle stream alive", async () => {
    const seconds = idle.control("hello").heartbeatSeconds;
    const beat = () => idle.frames.find((one) => "comment" in one || (one.id && !one.data));
    await until(beat, `a heartbeat in ${seconds} s`, seconds * 1000 + 5_000);
  });
  await sentence("id: alone moves the cursor past what was not for this reader", async () => {
    const before = idle.control("ready").cursor;
    await click(node, second);
    const seconds = idle.control("hello").heartbeatSeconds;
    const moved = () => idle.frames.find((one) => one.id && one.id !== before && !one.data);
    await until(moved, "id: alone", seconds * 1000 + 5_000);
    const answer = await node.call("GET", `/api/events?after=${moved().id}&limit=1`, { token: first.token });
    assert.equal(answer.status, 200);
  });
  idle.close();
}

async function opening({ node, first, sentence }, stream) {
  const tab = await stream("");
  await sentence("GET /api/stream answers 200 text/event-stream, not stored, not buffered", () => {
    assert.equal(tab.status, 200);
    assert.match(tab.headers.get("content-type"), /^text\/event-stream/);
    assert.equal(tab.headers.get("cache-control"), "no-store");
    assert.equal(tab.headers.get("x-accel-buffering"), "no");
  });
  await sentence("retry: 3000 comes first, then skelly.hello with connection, resumed, heartbeatSeconds", () => {
    assert.equal(tab.frames[0].retry, "3000");
    assert.equal(tab.frames[1].event, "skelly.hello");
    const hello = tab.control("hello");
    assert.equal(typeof hello.connection, "string");
    assert.equal(hello.resumed, false);
    assert.ok(hello.heartbeatSeconds > 0);
  });
  await sentence("skelly.ready has the cursor from which delivery is live; control events carry no id", () => {
    assert.equal(typeof tab.control("ready").cursor, "string");
    assert.ok(tab.frames.filter((one) => one.event?.startsWith("skelly.")).every((one) => one.id === undefined));
  });
  await sentence("a frame has a cursor, the type as its name, and one line of CloudEvents JSON", async () => {
    const { id, correlation } = await click(node, first);
    const event = await tab.event(id);
    const frame = tab.frames.find((one) => one.data?.includes(id));
    assert.ok(frame.id);
    assert.equal(frame.event, CLICK);
    assert.ok(!frame.data.includes("\n"));
    assert.equal(event.specversion, "1.0");
    assert.equal(event.type, CLICK);
    assert.equal(event.correlationid, correlation);
    assert.match(event.time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.match(event.source, /^\//);
    assert.ok(event.subject);
    assert.equal(event.data.element, "a button");
  });
  await sentence("skelly.passed follows when what a request of this person wrote has passed", async () => {
    const narrow = await stream("?types=ui.viewed");
    const { correlation } = await click(node, first);
    const passed = (one) => one.event === "skelly.passed" && JSON.parse(one.data).correlation === correlation;
    await until(() => narrow.frames.some(passed) && tab.frames.some(passed), "skelly.passed on both streams");
    assert.deepEqual(narrow.events(), []);
    const late = await stream(`?types=ui.viewed&lastEventId=${tab.control("ready").cursor}`);
    assert.ok(late.frames.some(passed), "not told while catching up");
    late.close();
    narrow.close();
  });
  await sentence("named=false leaves the name out", async () => {
    const unnamed = await stream("?named=false");
    const { id } = await click(node, first);
    await unnamed.event(id);
    assert.equal(unnamed.frames.find((one) => one.data?.includes(id)).event, undefined);
    unnamed.close();
  });
  tab.close();
}

async function credentials({ node, first, second, sentence }) {
  const status = async (query, options) => {
    const tab = await node.stream(query, options);
    tab.close();
    return tab.status;
  };
  const ticket = async (body) =>
    (await node.call("POST", "/api/stream/tickets", { token: first.token, body })).body.ticket;
  await sentence("the cookie opens streams and emits events of the same origin, and does nothing else", async () => {
    const cookie = { Cookie: `session=${first.cookie}` };
    assert.equal(await status("", { cookie: first.cookie }), 200);
    assert.equal(await status("", { cookie: first.cookie, headers: { Origin: node.url } }), 200);
    const event = { type: CLICK, data: { element: "by cookie" } };
    const own = { ...cookie, Origin: node.url };
    assert.equal((await node.call("POST", "/api/events", { headers: own, body: event })).status, 202);
    assert.equal((await node.call("GET", "/api/me", { headers: cookie })).status, 401);
    const headers = { ...cookie, Origin: ORIGIN, "Sec-Fetch-Site": "cross-site" };
    assert.equal(await status("", { headers }), 403);
    assert.equal((await node.call("POST", "/api/events", { headers, body: event })).status, 403);
  });
  await sentence("the cookie is no access token, and a renewed login keeps its session's cookie", async () => {
    const login = await second.signIn();
    assert.notEqual(login.cookie, login.token);
    assert.equal((await node.call("GET", "/api/me", { token: login.cookie })).status, 401);
    const headers = { Cookie: `refresh=${login.refresh}`, Origin: node.url };
    const renewed = await node.call("POST", "/api/auth/refresh", { headers });
    assert.equal(renewed.status, 200, JSON.stringify(renewed.body));
    assert.ok(renewed.headers.getSetCookie().some((set) => set.startsWith(`session=${login.cookie};`)));
    assert.equal(await status("", { cookie: login.cookie }), 200);
  });
  await sentence("a ticket opens one stream", async () => {
    const once = await ticket({});
    assert.equal(await status(`?ticket=${once}`, {}), 200);
    assert.equal(await status(`?ticket=${once}`, {}), 401);
  });
  await sentence("a reusable ticket opens streams of its page again, and of no other page", async () => {
    const many = await ticket({ reusable: true });
    for (let n = 0; n < 3; n++) {
      assert.equal(await status(`?ticket=${many}`, {}), 200);
    }
    assert.equal(await status(`?ticket=${many}`, { headers: { Origin: ORIGIN } }), 403);
  });
  await sentence("a ticket ends with its session", async () => {
    const login = await second.signIn();
    const answer = await node.call("POST", "/api/stream/tickets", { token: login.token, body: { reusable: true } });
    assert.equal(await status(`?ticket=${answer.body.ticket}`, {}), 200);
    await node.call("POST", "/api/auth/logout", { token: login.token });
    let last;
    for (const end = Date.now() + 5_000; Date.now() < end && last !== 204 && last !== 401; ) {
      last = await status(`?ticket=${answer.body.ticket}`, {});
    }
    assert.ok(last === 204 || last === 401, `status ${last}`);
  });
  await sentence("401, 403, 422 and 400 are problems", async () => {
    problem(await node.stream("", {}), 401);
    problem(await node.stream("", { token: "forged" }), 401);
    problem(await node.stream(`?channels=user:${second.id}`, { token: first.token }), 403);
    problem(await node.stream("?types=no.such", { token: first.token }), 422, "invalid-input");
    problem(await node.stream("?channels=no:such", { token: first.token }), 422, "invalid-input");
    problem(await node.stream("?lastEventId=nonsense&named=perhaps", { token: first.token }), 400);
  });
}

async function cursors({ node, first, second, sentence }, stream) {
  const start = (await stream("")).control("ready").cursor;
  const missed = [];
  for (const element of ["one", "two", "three"]) {
    missed.push(await click(node, first, element));
  }
  const foreign = await click(node, second);
  await settled(node, first, missed[2]);
  const ids = (tab) => tab.events().map((event) => event.id);
  const wanted = missed.map((one) => one.id);
  await sentence("after hello come exactly the missed events in order, then ready; then live ones", async () => {
    const early = await stream(`?types=${CLICK}&lastEventId=${start}`);
    await early.event(wanted.at(-1)); // What has no position yet comes live.
    early.close();
    const tab = await stream(`?types=${CLICK}&lastEventId=${start}`);
    assert.equal(tab.control("hello").resumed, true);
    const ready = tab.frames.findIndex((one) => one.event === "skelly.ready");
    const before = tab.frames.slice(0, ready).filter((one) => one.event === CLICK);
    assert.deepEqual(before.map((one) => JSON.parse(one.data).id), wanted);
    const live = await click(node, first);
    await tab.event(live.id);
    assert.deepEqual(ids(tab), [...wanted, live.id]);
    assert.ok(!ids(tab).includes(foreign.id));
    tab.close();
    missed.push(live);
  });
  await sentence("each cursor continues exactly after its event", async () => {
    const all = await stream(`?types=${CLICK}&lastEventId=${start}`);
    const cursor = all.frames.find((one) => one.data?.includes(wanted[1])).id;
    all.close();
    const tab = await stream(`?types=${CLICK}&lastEventId=${cursor}`);
    assert.deepEqual(ids(tab), missed.slice(2).map((one) => one.id));
    tab.close();
  });
  await sentence("Last-Event-ID wins over lastEventId; the position of a write is a cursor, too", async () => {
    const tab = await stream(`?types=${CLICK}&lastEventId=earliest`, {
      token: first.token,
      headers: { "Last-Event-ID": missed[1].position },
    });
    assert.deepEqual(ids(tab), missed.slice(2).map((one) => one.id));
    tab.close();
  });
  await sentence("earliest gives everything that the reader may see, latest and none nothing", async () => {
    const earliest = await stream("?lastEventId=earliest");
    wanted.forEach((id) => assert.ok(ids(earliest).includes(id)));
    const latest = await stream("?lastEventId=latest");
    assert.deepEqual(ids(latest), []);
    earliest.close();
    latest.close();
  });
  await sentence("id: alone before skelly.ready moves the cursor past what was missed and not for this reader", async () => {
    const other = await click(node, second);
    await settled(node, second, other);
    const tab = await stream(`?lastEventId=${missed.at(-1).position}`);
    const ready = tab.frames.findIndex((one) => one.event === "skelly.ready");
    const alone = tab.frames.slice(0, ready).filter((one) => one.id && !one.data);
    assert.deepEqual(ids(tab), []);
    assert.equal(alone.at(-1)?.id, tab.control("ready").cursor);
    tab.close();
  });
  await sentence("a cursor that cannot be honoured gives skelly.gap, then live events from now", async () => {
    const tab = await stream("", { token: first.token, headers: { "Last-Event-ID": "AAAAAAAAAAAAAAAAAAAAAA" } });
    assert.match(tab.control("gap").reason, /^(expired|other-log|too-far|forbidden)$/);
    assert.equal(tab.control("hello").resumed, false);
    const live = await click(node, first);
    await tab.event(live.id);
    assert.deepEqual(ids(tab), [live.id]);
    tab.close();
  });
}

/* A list after the position of a write waits until it has been passed. */
async function settled(node, who, written) {
  await node.call("GET", `/api/events?after=${written.position}`, { token: who.token });
}

async function ends({ node, second, sentence }, stream) {
  await sentence("skelly.bye auth before a stream ends after a logout; then 204 for the cookie", async () => {
    const login = await second.signIn();
    const tab = await stream("", { cookie: login.cookie });
    const other = await stream("", { token: second.token });
    assert.equal((await node.call("POST", "/api/auth/logout", { token: login.token })).status, 204);
    await until(() => tab.ended, "the end of the stream");
    assert.equal(tab.control("bye").reason, "auth");
    assert.ok(tab.control("bye").retryMs > 0);
    assert.ok(!other.ended);
    assert.equal((await node.stream("", { cookie: login.cookie })).status, 204);
    problem(await node.stream("", { token: login.token }), 401);
    other.close();
  });
  await sentence("too many streams: a problem with Retry-After, but 200 with retry and skelly.bye for an EventSource", async () => {
    const open = [];
    let refused;
    while (!refused && open.length < 1_200) {
      const tab = await node.stream("?types=ui.viewed", { token: second.token });
      if (tab.status === 200) {
        open.push(tab);
      } else {
        refused = tab;
      }
    }
    assert.ok(refused, `${open.length} streams of one person, and no limit`);
    assert.ok(refused.status === 429 || refused.status === 503, `status ${refused.status}`);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    problem(refused, refused.status);
    const source = await node.stream("?types=ui.viewed", { token: second.token, accept: "text/event-stream" });
    assert.equal(source.status, 200);
    await until(() => source.ended, "the end of the answer");
    assert.equal(source.control("bye").reason, "busy");
    assert.ok(Number(source.frames[0].retry) > 0);
    open.forEach((tab) => tab.close());
  });
}
