// What the conformance checks do and look at again and again.
import assert from "node:assert/strict";

/** A type that everyone may emit, and that its person and administrators see. */
export const CLICK = "ui.clicked";

/** Emits an event that its person alone sees; returns {id, position, correlation}. */
export async function click(node, who, element = "a button") {
  const answer = await node.call("POST", "/api/events", { token: who.token, body: { type: CLICK, data: { element } } });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return { ...answer.body, correlation: answer.headers.get("x-correlation-id") };
}

/** Checks that an answer is a problem document. */
export function problem(answer, status, code) {
  const body = typeof answer.body === "string" ? JSON.parse(answer.body) : answer.body;
  assert.equal(answer.status, status, JSON.stringify(body));
  assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
  for (const name of ["type", "title", "status", "code", "requestId"]) {
    assert.ok(body[name], `the problem has no ${name}`);
  }
  if (code) {
    assert.equal(body.code, code);
  }
  return body;
}
