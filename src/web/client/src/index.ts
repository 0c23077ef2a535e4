export function createClient(): { close(): void } {
  return { close: () => undefined };
}
