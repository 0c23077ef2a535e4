// Clients of a node's streams for the conformance checks: event streams, WebSockets and plain requests, with everything they received.
import WebSocket from "ws";

const LIMIT = 15_000;

/** Waits until isSo returns something true, and returns it; fails after 15 s or the given time. */
export async function until(isSo, what, limit = LIMIT) {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = isSo();
    if (found) {
      return found;
    }
  }
  throw new Error(`nothing within ${limit} ms: ${what}`);
}

export class Node {
  constructor(url) {
    this.url = url.replace(/\/$/, "");
  }

  /** Sends a request; the answer has status, headers and body, parsed if it is JSON. */
  async call(method, path, { token, headers = {}, body } = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get("content-type") ?? "");
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  stream(query, options) {
    return new EventStream().open(`${this.url}/api/stream${query}`, options);
  }

  socket(query, options) {
    return new Socket().open(`${this.url.replace(/^http/, "ws")}/api/ws${query}`, options);
  }
}

/** An event stream, read line by line. A frame is {id?, event?, data?, retry?, comment?}, with what its lines said. */
class EventStream {
  frames = [];
  ended = false;

  async open(url, { token, cookie, headers = {}, accept = "text/event-stream, application/problem+json" } = {}) {
    this.abort = new AbortController();
    const answer = await fetch(url, {
      signal: this.abort.signal,
      headers: {
        Accept: accept,
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(cookie ? { Cookie: `session=${cookie}` } : {}),
        ...headers,
      },
    });
    this.status = answer.status;
    this.headers = answer.headers;
    if (/event-stream/.test(answer.headers.get("content-type") ?? "")) {
      this.reading = this.read(answer.body);
    } else {
      this.body = await answer.text();
      this.ended = true;
    }
    return this;
  }

  async read(body) {
    let rest = "";
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + chunk).split("\n\n");
        rest = blocks.pop();
        blocks.forEach((block) => this.frames.push(frame(block)));
      }
    } catch {
      // Closed by us, or cut: either way it has ended.
    }
    this.ended = true;
  }

  control(name) {
    const found = this.frames.find((one) => one.event === `skelly.${name}`);
    return found && JSON.parse(found.data);
  }

  async ready() {
    await until(() => this.control("ready"), `skelly.ready after status ${this.status} ${this.body ?? ""}`);
    return this;
  }

  /** The CloudEvents that came so far. */
  events() {
    return this.frames
      .filter((one) => one.data !== undefined && !one.event?.startsWith("skelly."))
      .map((one) => JSON.parse(one.data));
  }

  event(id) {
    return until(() => this.events().find((one) => one.id === id), `event ${id} on the stream`);
  }

  close() {
    this.abort.abort();
  }
}

function frame(block) {
  const read = {};
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const name = colon === 0 ? "comment" : line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    read[name] = name in read ? `${read[name]}\n${value}` : value;
  }
  return read;
}

/** A WebSocket with all messages that it received. */
class Socket {
  messages = [];
  pings = 0;
  ref = 0;

  open(url, { token, cookie, headers = {} } = {}) {
    this.socket = new WebSocket(url, "skelly.v1.json", {
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(cookie ? { Cookie: `session=${cookie}` } : {}),
        ...headers,
      },
    });
    return new Promise((resolve, reject) => {
      this.socket.on("message", (text) => this.messages.push(JSON.parse(text)));
      this.socket.on("ping", () => (this.pings += 1));
      this.socket.on("close", (code) => (this.code = code));
      this.socket.on("open", () => resolve(this));
      this.socket.on("unexpected-response", (request, answer) => {
        request.destroy();
        reject(Object.assign(new Error(`status ${answer.statusCode}`), { status: answer.statusCode }));
      });
      this.socket.on("error", reject);
    });
  }

  send(text) {
    this.socket.send(typeof text === "string" ? text : JSON.stringify(text));
  }

  /** Sends a message with the next ref and waits for the answer. */
  ask(message) {
    const ref = (this.ref += 1);
    this.send({ ref, ...message });
    return this.first((one) => one.ref === ref, `an answer to ${JSON.stringify(message)}`);
  }

  /** Sends anything and waits for the next message with a problem. */
  async refusal(text) {
    const before = this.messages.length;
    this.send(text);
    const found = await until(
      () => this.messages.slice(before).find((one) => one.problem),
      `a problem for ${JSON.stringify(text).slice(0, 80)}`,
    );
    return found;
  }

  first(fits, what) {
    return until(() => this.messages.find(fits), what);
  }

  control(name) {
    return this.first((one) => one.control === name, `control frame ${name}`);
  }

  event(id) {
    return this.first((one) => one.event?.id === id, `event ${id} on the WebSocket`);
  }

  events() {
    return this.messages.filter((one) => one.event).map((one) => one.event);
  }

  closed() {
    return until(() => this.code, "a close code");
  }

  close() {
    this.socket.close();
  }
}
