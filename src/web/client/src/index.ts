export * from './types.js';
export { createClient } from './client.js';
