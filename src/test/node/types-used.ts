// What a page does with the types: only compiled, never run.
import { EventType, type CloudEvent, type Emission, type EventData, type SkellyEvent } from "./types";

const name: "user.registered" = EventType.USER_REGISTERED;

export function told(event: SkellyEvent): string {
  switch (event.type) {
    case EventType.USER_REGISTERED:
      return event.data.userId;
    case EventType.USER_LOGGED_IN:
      return event.data.sessionId;
    default:
      return event.subject;
  }
}

export function registered(event: CloudEvent<"user.registered">): EventData["user.registered"] {
  return event.type === name ? event.data : event.data;
}

// @ts-expect-error -- no event has this name
export const unknown: EventType = "user.danced";

// @ts-expect-error -- its data has no such field
export const wrong = (event: CloudEvent<"user.registered">): unknown => event.data.shoeSize;

export const clicked: Emission = { type: "ui.clicked", data: { element: "buy" } };

export const answered: Emission = {
  type: EventType.FEEDBACK_GIVEN,
  data: { about: "checkout", stars: 5 },
  id: "0192c0de-7a5e-7000-8000-000000000001",
  subject: "order:1",
  channel: "topic:feedback/checkout",
};

export function emit(emission: Emission): string {
  return emission.type === "ui.clicked" ? emission.data.element : emission.type;
}

// @ts-expect-error -- the data belongs to another type
export const mixed: Emission = { type: "ui.clicked", data: { stars: 1 } };

// @ts-expect-error -- the same, with all that the other type asks for
export const swapped: Emission = { type: "ui.clicked", data: { about: "checkout", stars: 1 } };

// @ts-expect-error -- the number of stars is missing
export const incomplete: Emission = { type: "feedback.given", data: { about: "checkout" } };

// @ts-expect-error -- such an event is never taken from outside
export const forged: Emission = { type: "user.registered", data: {} };
