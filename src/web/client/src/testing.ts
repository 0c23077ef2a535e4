export { createClient as testing } from "./index.js";
