import type { SkellyEvent } from './types.js';

/** One thing that a stream says: an event with its cursor, a cursor alone, or a control frame. */
export interface Frame {
  id?: string;
  event?: SkellyEvent;
  /** `hello`, `ready`, `gap`, `bye`, `passed`, `signal` or `presence`. */
  control?: string;
  data?: any;
}

const CONTROL = 'skelly.';

/** Parses Server-Sent Events from chunks of text that end anywhere. */
export function sseParser(on: (frame: Frame) => void): (chunk: string) => void {
  let rest = '';
  let fields: Record<string, string> = {};
  function end({ id, event = '', data }: Record<string, string>): void {
    const frame: Frame = id ? { id } : {};
    if (data) {
      const parsed = JSON.parse(data);
      on(event.startsWith(CONTROL) ? { control: event.slice(CONTROL.length), data: parsed } : { ...frame, event: parsed });
    } else if (id) {
      on(frame);
    }
  }
  return chunk => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (!line) {
        end(fields);
        fields = {};
      } else if (colon > 0) {
        fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart(); // The data is one line of JSON.
      }
    }
  };
}
