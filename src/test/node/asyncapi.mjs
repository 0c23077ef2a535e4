// Reads an AsyncAPI document and prints every error that the parser finds; ends with 1 when there is one.
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(await readFile(process.argv[2], "utf8"));
const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 0);
for (const { code, message, path } of errors) {
  console.log(`${code} at ${path.join("/")}: ${message}`);
}
if (!document || errors.length > 0) {
  process.exit(1);
}
console.log(`${document.version()}: ${document.channels().all().length} channels, ${document.messages().all().length} messages`);
