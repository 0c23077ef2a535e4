// Matches texts with regular expressions as JSON Schema asks for: with the flag u. Argument: a file with {patterns, texts}. Prints a list
// for each pattern, of the texts' numbers in which it is found, or of the reason why it is none.
import { readFileSync } from "node:fs";

const { patterns, texts } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const found = (pattern) => {
  try {
    const expression = new RegExp(pattern, "u");
    return texts.flatMap((text, number) => (expression.test(text) ? [number] : []));
  } catch (error) {
    return [String(error)];
  }
};

console.log(JSON.stringify(patterns.map(found)));
