/** Milliseconds since 1970. The one place where the page asks the device for the time. */
export function now(): number {
  return Date.now();
}
