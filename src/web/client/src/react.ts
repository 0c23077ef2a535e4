export { createClient as react } from "./index.js";
