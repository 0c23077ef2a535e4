import { createClient } from '@skelly/client';
import type { EventData } from './events';

declare module '@skelly/client/react' {
  interface Register { events: EventData }
}

/** A module of its own: a changed component does not make a second client while you develop. */
export const client = createClient<EventData>();
