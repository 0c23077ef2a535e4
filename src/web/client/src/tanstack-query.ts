export { createClient as tanstack } from "./index.js";
