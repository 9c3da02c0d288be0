import { connect } from "node:net";

/** Where somebody may listen. */
type Place = { readonly hostname: string; readonly port: number } | { readonly path: string };

/**
 * Resolves when somebody takes a connection there, which is closed at once. By node:net, because an attempt of Bun.connect
 * cannot be called off: against a host that vanished its socket would stay for two minutes.
 * @throws why nobody does
 */
export function canConnect(place: Place, timeoutMs: number): Promise<void> {
  const taken = Promise.withResolvers<void>();
  const socket = connect("path" in place ? place : { host: place.hostname, port: place.port }, taken.resolve);
  socket.on("error", taken.reject); // for good: an error may come after the end
  const late = () => taken.reject(new Error(`no answer within ${timeoutMs / 1_000} s`));
  const timer = setTimeout(late, timeoutMs);
  return taken.promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
