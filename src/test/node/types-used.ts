// What a page does with the types: only compiled, never run.
import { EventType, type CloudEvent, type EventData, type SkellyEvent } from "./types";

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
