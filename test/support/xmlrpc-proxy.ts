import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { TestPlace } from "./test-place.ts";

export type Certificate = { readonly cert: string; readonly key: string; readonly fingerprint: string };

/** One that signs itself, for 127.0.0.1. */
export async function makeCertificate(place: TestPlace): Promise<Certificate> {
  const [key, cert] = [place.path("key.pem"), place.path("cert.pem")];
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = Bun.spawnSync(["openssl", ...words, ...names, "-keyout", key, "-out", cert]);
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
  const pem = readFileSync(cert, "utf8");
  return { cert: pem, key: readFileSync(key, "utf8"), fingerprint: new X509Certificate(pem).fingerprint256 };
}

async function forward(request: Request, port: number): Promise<Response> {
  const headers = new Headers({ "content-type": "text/xml" });
  const authorization = request.headers.get("authorization");
  if (authorization !== null) headers.set("authorization", authorization);
  const url = `http://127.0.0.1:${port}${new URL(request.url).pathname}`;
  const answer = await fetch(url, { method: request.method, headers, body: await request.text(), keepalive: false });
  return new Response(await answer.bytes(), { status: answer.status, headers: { "content-type": "text/xml" } });
}

/** What stands before a supervisord that is to be reached by https. */
export async function startTlsTerminator(place: TestPlace, { cert, key }: Certificate, port: number) {
  const fetchOne = (request: Request) => forward(request, port);
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, tls: { cert, key }, fetch: fetchOne });
  place.defer(() => server.stop(true));
  return { port: server.port ?? 0 };
}

export type Fault = "error" | "garbage" | "half" | "silence";

/** A way to a supervisord on which answers go bad when told so. */
export async function startFlakyProxy(place: TestPlace, port: number) {
  let once: Fault | null = null;
  let always: Fault | null = null;
  let served = 0;
  let open = 0;
  let most = 0;
  const spoil = async (fault: Fault | null, answer: Response): Promise<Response> => {
    if (fault === null) return answer;
    if (fault === "error") return new Response("Internal Server Error", { status: 500 });
    if (fault === "garbage") return new Response(new Uint8Array([0x1f, 0x8b, 0, 255, 60, 62, 60]));
    if (fault === "silence") return new Promise(() => {});
    const bytes = await answer.bytes();
    return new Response(bytes.subarray(0, bytes.length >> 1));
  };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      most = Math.max(most, ++open);
      request.signal.addEventListener("abort", () => open--, { once: true });
      const fault = once ?? always;
      once = null;
      const answer = await spoil(fault, await forward(request, port).catch(() => new Response("", { status: 502 })));
      open--;
      served++;
      return answer;
    },
  });
  place.defer(() => server.stop(true));
  return {
    port: server.port ?? 0,
    next: (fault: Fault) => {
      once = fault;
    },
    always: (fault: Fault | null) => {
      always = fault;
    },
    served: () => served,
    mostAtOnce: () => most,
  };
}
