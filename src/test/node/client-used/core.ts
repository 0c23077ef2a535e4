// What a page does with the client: only compiled, never run. ./events is what `npx @skelly/client types URL` prints.
import { createClient, type Connection, type LiveQuery, type Person, type SkellyClient, type SkellyEvent, type User } from "@skelly/client";
import { EventType, type EventData } from "./events.js";

const client: SkellyClient<EventData> = createClient<EventData>({ url: "https://api.example.org", session: "token" });

export async function signIn(email: string, password: string): Promise<string> {
  await client.register({ email, password, name: "Ada" });
  const user: User = await client.login({ email, password });
  return user.name ?? user.email;
}

export const ends: (() => void)[] = [
  client.subscribe("user.registered", event => console.log(event.data.userId.length, event.data.name?.length)),
  client.subscribe(EventType.FEEDBACK_GIVEN, (event, delivery) => console.log(event.type, event.data.stars?.toFixed(), delivery.cursor), {
    channels: ["topic:feedback/shop"],
    filter: event => event.data.about === "shop",
    since: "earliest",
  }),
  client.subscribe(["user.registered", "user.verified"], event => console.log(event.data.userId)),
  client.subscribe("user.*", event => console.log(event.id)),
  client.subscribe("*", event => console.log(event.time), {
    getState: after => client.request("GET", "/api/me", { query: { after: after ?? undefined } }),
    onError: problem => console.log(problem.status, problem.code, problem.errors[0]?.pointer),
  }),
  client.onUser(user => console.log(user?.roles[0])),
  client.onConnection((connection: Connection) => console.log(connection.state, connection.cursor)),
  client.onGap(gap => console.log(gap.reason)),
  client.onSignal("topic:list/1", signal => console.log(signal.from.name, signal.name)),
];

// @ts-expect-error -- no event has this name
client.subscribe("user.danced", () => undefined);

// @ts-expect-error -- its data has no such field
client.subscribe("user.registered", event => event.data.shoeSize);

export async function click(): Promise<string> {
  const emission = client.emit("ui.clicked", { element: "buy" }, { subject: "order:1" });
  client.track("ui.viewed", { page: "/shop" });
  await emission.processed;
  return (await emission.accepted).position;
}

// @ts-expect-error -- an element is missing
client.emit("ui.clicked", { page: "/shop" });

// @ts-expect-error -- a number is no element
client.track("ui.clicked", { element: 7 });

export async function meet(): Promise<readonly Person<{ typing: boolean }>[]> {
  const presence = client.presence("topic:list/1", { typing: false });
  await presence.update({ typing: true });
  await client.signal("topic:list/1", "wave", { hand: "left" });
  return presence.people;
}

export const unread = (): number => client.notifications.counts.unread;
export const readAll = (): Promise<void> => client.notifications.mark("all", "read");

export const answers: LiveQuery<readonly string[], EventData> = client.live({
  types: ["feedback.given"],
  initial: [] as readonly string[],
  reduce: (state, event) => [...state, event.id],
});

export async function change(): Promise<number> {
  const answer = await answers.optimistic(
    state => [...state, "mine"],
    () => client.request<{ version: number }>("PATCH", "/api/me", { body: { name: "Ada" } }),
  );
  return answer.body.version;
}

export const told: Promise<SkellyEvent[]> = client.history("user.registered", { since: "earliest" });

/** Without types of events, data may be anything. */
export const untyped: SkellyClient = createClient();
untyped.subscribe("anything.at-all", event => console.log(event.data.whatever));

export async function leave(): Promise<void> {
  ends.forEach(end => end());
  answers.close();
  await client.logout();
  client.close();
}
