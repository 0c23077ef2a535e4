import { createClient } from '@skelly/client';
import type { EventData } from './events';

declare module '@skelly/client/react' {
  interface Register { events: EventData }
}

/** The client of this page. On a server it opens nothing and has no session: only effects and handlers use it. */
export const eventStream = createClient<EventData>();
