import { peerCertificate } from "../../lib/peer-certificate.ts";

type Address = { readonly hostname: string; readonly port: number };

export const SPEAKS_TLS = "it speaks TLS: set tls=true, and tls_fingerprint or tls_ca";

/** Does somebody speak TLS there? For a reason that helps. */
export const speaksTls = (address: Address, timeoutMs: number): Promise<boolean> =>
  peerCertificate(address, timeoutMs).then(
    () => true,
    () => false,
  );

/** @param code of what `fetch` or node:tls threw @returns null: it is not about TLS */
export function tlsReason(code: string): string | null {
  switch (code) {
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
      return "it does not speak TLS: start the agent with --tls-cert and --tls-key, or remove tls=true";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "its certificate is for another name than the url's: correct the url, or set tls_fingerprint";
    case "CERT_HAS_EXPIRED":
      return "its certificate has expired";
    case "CERT_NOT_YET_VALID":
      return "its certificate is not valid yet: is its clock, or ours, wrong?";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "CERT_SIGNATURE_FAILURE":
      return "its certificate is not signed by anybody we trust: correct tls_ca, or set tls_fingerprint";
    default:
      return null;
  }
}
