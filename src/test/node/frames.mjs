// Reads an event stream, given as a file of base64 chunks one a line, and prints what a browser would dispatch, one JSON document a line.
import { readFile } from "node:fs/promises";
import { createParser } from "eventsource-parser";

const decoder = new TextDecoder();
const parser = createParser({
  onEvent: ({ event, data, id }) => console.log(JSON.stringify({ event: event ?? "message", data, id: id ?? "" })),
  onRetry: (interval) => console.log(JSON.stringify({ retry: interval })),
  onError: (error) => console.log(JSON.stringify({ error: String(error) })),
});
for (const line of (await readFile(process.argv[2], "ascii")).split("\n")) {
  parser.feed(decoder.decode(Buffer.from(line, "base64"), { stream: true }));
}
