import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";

/** The certificate that a TLS server shows, trusted or not. @throws why there is none */
export function peerCertificate(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  timeoutMs: number,
): Promise<X509Certificate> {
  const shown = Promise.withResolvers<X509Certificate>();
  const socket = connect({ host: hostname, port, rejectUnauthorized: false }, () => {
    const { raw } = socket.getPeerCertificate();
    if (raw === undefined) shown.reject(new Error("the peer shows no certificate"));
    else shown.resolve(new X509Certificate(raw));
  });
  socket.once("error", shown.reject);
  socket.setTimeout(timeoutMs, () => shown.reject(new Error(`no answer within ${timeoutMs / 1_000} s`)));
  return shown.promise.finally(() => socket.destroy());
}
