export { createClient as redux } from "./index.js";
