// The sentences of the contract about notifications. What makes one is a change of a person's roles, so an administrator must be given.
import assert from "node:assert/strict";
import { problem } from "./answers.mjs";
import { until } from "./streams.mjs";

const PATH = "/api/notifications";
const FIELDS = ["id", "type", "title", "body", "data", "createdAt"]; // The others are left out while they have no value.
const ROLE = "conformance";

export async function notifications({ node, admin, person, documents, second, sentence }) {
  if (!documents.paths[PATH]) {
    console.log("--      notifications: not in this node");
    return;
  }
  await sentence("notifications: a list with counts total, unread, unseen", async () => {
    const { status, body } = await node.call("GET", `${PATH}?state=unread&order=desc`, { token: second.token });
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(Array.isArray(body.items));
    assert.ok(["total", "unread", "unseen"].every((name) => Number.isInteger(body.counts[name])), JSON.stringify(body));
  });
  await sentence("notifications: an unknown state or order, or none of one's own, is a problem", async () => {
    for (const query of ["state=lost", "order=up"]) {
      const answer = await node.call("GET", `${PATH}?${query}`, { token: second.token });
      assert.ok(answer.status === 400 || answer.status === 422, `status ${answer.status}`);
      problem(answer, answer.status);
    }
    problem(await node.call("GET", PATH), 401);
    const body = { state: "read" };
    problem(await node.call("PATCH", `${PATH}/0192aaaa-0000-7000-8000-000000000000`, { token: second.token, body }), 404);
  });
  if (!admin) {
    console.log("--      notifications: what makes one needs an administrator, --email and --password");
    return;
  }
  await made(node, admin, await person(), sentence);
}

async function made(node, admin, receiver, sentence) {
  const role = (method, body) => node.call(method, `/api/admin/roles/${ROLE}`, {
    token: admin.token, body, headers: { "If-Match": "*" },
  });
  const roles = (list) => node.call("PATCH", `/api/users/${receiver.id}`, {
    token: admin.token, body: { roles: list }, headers: { "If-Match": "*", "Content-Type": "application/merge-patch+json" },
  });
  await role("PUT", { grants: [] });
  assert.equal((await roles(["user", ROLE])).status, 200);
  assert.equal((await roles(["user"])).status, 200);
  await role("DELETE");
  const who = await receiver.signIn();
  const list = async (query = "") => (await node.call("GET", PATH + query, { token: who.token })).body;
  const change = (path, body, method = "PATCH") => node.call(method, PATH + path, { token: who.token, body });
  const tabs = [
    await (await node.stream("?types=notification.*&lastEventId=earliest", { token: who.token })).ready(),
    await node.socket("", { token: who.token }),
  ];
  await tabs[1].ask({ do: "subscribe", types: ["notification.*"], after: "earliest" });
  const events = (type) => tabs.map((tab) => tab.events().filter((event) => event.type === `notification.${type}`));
  await sentence("notification.created goes to the person with the new counts, and to no other", async () => {
    await until(() => events("created").every((one) => one.length >= 1), "notification.created in both tabs");
    const [created] = events("created")[0];
    assert.equal(created.data.userId, who.id);
    assert.ok(created.data.counts.unread >= 1);
    const others = await (await node.stream("?types=notification.*&lastEventId=earliest", { token: admin.token })).ready();
    assert.ok(!others.events().some((event) => event.data.userId === who.id));
    others.close();
  });
  await sentence("a notification has its fields, newest first with order=desc", async () => {
    const { items, counts } = await list("?order=desc");
    assert.ok(items.length >= 1 && counts.unread >= 1, JSON.stringify(items));
    items.forEach((item) => FIELDS.forEach((name) => assert.ok(name in item, `no ${name} in ${JSON.stringify(item)}`)));
    assert.ok(items[0].title.length > 0);
    const times = items.map((item) => item.createdAt);
    assert.deepEqual(times, [...times].sort().reverse());
  });
  await sentence("PATCH changes one to a state, and every tab is told the same counts", async () => {
    const before = (await list()).items[0];
    assert.equal((await change(`/${before.id}`, { state: "seen" })).status, 200);
    assert.equal((await change(`/${before.id}`, { state: "archived" })).status, 200);
    const { items, counts } = await list("?state=archived");
    assert.ok(items.some((item) => item.id === before.id && item.archivedAt && item.seenAt));
    const last = (one) => JSON.stringify(one.at(-1)?.data.counts);
    await until(() => events("updated").every((one) => last(one) === JSON.stringify(counts)), "the counts in both tabs");
  });
  await sentence("many are changed by one PATCH, by read-all, and one by POST …/read", async () => {
    assert.equal((await change("", { all: true, state: "unread" })).status, 200);
    const all = (await list()).items;
    assert.ok(all.length >= 1);
    assert.equal((await change(`/${all[0].id}/read`, undefined, "POST")).status, 200);
    assert.equal((await change("", { ids: all.map((item) => item.id), state: "unread" })).status, 200);
    assert.equal((await change("/read-all", undefined, "POST")).status, 200);
    assert.equal((await list()).counts.unread, 0);
    assert.deepEqual((await list("?state=unread")).items, []);
    problem(await change(`/${all[0].id}`, { state: "lost" }), 422);
  });
  tabs.forEach((tab) => tab.close());
}
