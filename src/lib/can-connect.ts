import { connect } from "node:net";

/**
 * Resolves when somebody takes a connection there, which is closed at once. By node:net, because an attempt of Bun.connect
 * cannot be called off: against a host that vanished its socket would stay for two minutes.
 * @throws why nobody does
 */
export function canConnect(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  timeoutMs: number,
): Promise<void> {
  const taken = Promise.withResolvers<void>();
  const socket = connect({ host: hostname, port }, taken.resolve);
  socket.on("error", taken.reject); // for good: an error may come after the end
  const late = () => taken.reject(new Error(`no answer within ${timeoutMs / 1_000} s`));
  const timer = setTimeout(late, timeoutMs);
  return taken.promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
