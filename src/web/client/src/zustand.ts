export { createClient as zustand } from "./index.js";
