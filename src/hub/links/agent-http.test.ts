import { afterEach, describe, expect, test } from "bun:test";
import { connect, createServer, type Socket } from "node:net";
import { freePort } from "../../demo/free-port.ts";
import { failureText, type MultivisorError } from "../../domain/errors.ts";
import { selfSignedCertificate } from "../../lib/self-signed-certificate.ts";
import { CommandResults } from "../../protocol/agent.ts";
import { COMMAND_PATH, createAgentHttp } from "./agent-http.ts";
import { tlsReason } from "./agent-tls.ts";

const toEnd: (() => void)[] = [];
afterEach(() => {
  for (const end of toEnd.splice(0)) end();
});

/** Somebody who does this with a connection as soon as something was asked. */
async function peer(act: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => act(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  toEnd.push(() => server.close());
  return (server.address() as { port: number }).port;
}

/** The way to a port of ours. @param spoil what becomes of the bytes that come back, chunk by chunk */
async function relay(port: number, spoil: (bytes: Buffer, i: number) => Uint8Array): Promise<number> {
  const server = createServer((here) => {
    const there = connect({ host: "127.0.0.1", port });
    let i = 0;
    here.on("data", (bytes) => there.write(bytes));
    there.on("data", (bytes: Buffer) => here.write(spoil(bytes, i++)));
    for (const socket of [here, there]) socket.on("error", () => {});
    here.on("close", () => there.destroy());
    there.on("close", () => here.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  toEnd.push(() => server.close());
  return (server.address() as { port: number }).port;
}

const httpTo = (port: number, token: string | null = null) =>
  createAgentHttp({ hostname: "127.0.0.1", port }, { token, tls: null });

const command = async (port: number, token: string | null = null): Promise<MultivisorError> =>
  httpTo(port, token)
    .post(COMMAND_PATH, {}, CommandResults, 300)
    .then(
      () => Promise.reject(new Error("it was answered")),
      (error: MultivisorError) => error,
    );

const answer = (status: string, body: string) => (socket: Socket) =>
  void socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);

describe("a command whose answer is missing may have been done, and that is said:", () => {
  test.each<[string, (socket: Socket) => void, string, string]>([
    ["the connection ends", (socket) => void socket.destroy(), "HOST_UNREACHABLE", "connection closed by the host"],
    ["nothing comes", () => {}, "TIMEOUT", "no answer within 0.3 s"],
    ["no JSON comes", answer("200 OK", "{half"), "BAD_WIRE", "Cannot read /v1/command: not JSON"],
    ["something else comes", answer("200 OK", "{}"), "BAD_WIRE", "Cannot read the agent's answer to /v1/command"],
    [
      "half of it comes",
      (s) => void s.end("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"),
      "HOST_UNREACHABLE",
      "closed",
    ],
    [
      "no HTTP comes",
      (s) => void s.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
      "HOST_UNREACHABLE",
      "damaged, or no HTTP",
    ],
  ])("%s", async (_, act, code, words) => {
    const error = await command(await peer(act));
    expect(error.code as string).toBe(code);
    expect(failureText(error)).toMatch(/; whether it was done is not known$/);
    expect(error.message).toContain(words);
  });
});

describe("a command that reached nobody, or was refused, was not done:", () => {
  test("nobody is there", async () => {
    const error = await command(await freePort());
    expect([error.code as string, failureText(error)]).toEqual(["HOST_UNREACHABLE", "connection refused"]);
  });
  test.each([
    [
      "another token is wanted",
      "401 No",
      "{}",
      "t",
      "UNAUTHORIZED",
      "the agent refuses our token: set token or token_file",
    ],
    ["a token is wanted", "401 No", "{}", null, "UNAUTHORIZED", "the agent asks for a token: set token or token_file"],
    ["it says why", "403 No", '{"code":"FORBIDDEN","message":"not here"}', null, "FORBIDDEN", "not here"],
    ["it is none of ours", "404 No", "<html>", null, "BAD_WIRE", "not an agent of multivisor 7: it answered HTTP 404"],
  ])("%s", async (_, status, body, token, code, text) => {
    const error = await command(await peer(answer(status, body)), token);
    expect([error.code as string, failureText(error)]).toEqual([code, text]);
  });
});

describe("an answer that is read as it comes", () => {
  const open = (port: number) =>
    httpTo(port)
      .get("/v1/log/page", {}, new AbortController().signal)
      .catch((error: MultivisorError) => error);
  test("where nobody is there, that is said", async () => {
    expect(await open(await freePort())).toMatchObject({
      ...{ code: "HOST_UNREACHABLE", message: "connection refused" },
    });
  });
  test("where the agent speaks TLS, what to set is said", async () => {
    const { certificate: cert, key } = selfSignedCertificate(["127.0.0.1"], Date.now());
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls: { cert, key }, fetch: () => new Response("") });
    toEnd.push(() => void server.stop(true));
    expect(await open(server.port ?? 0)).toMatchObject({
      message: "it speaks TLS: set tls=true, and tls_fingerprint or tls_ca",
    });
  });
});

describe("a host with TLS whose bytes are damaged on their way:", () => {
  /** All but its handshake. */
  async function damaged(): Promise<ReturnType<typeof createAgentHttp>> {
    const { certificate: cert, key } = selfSignedCertificate(["127.0.0.1"], Date.now());
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls: { cert, key }, fetch: () => new Response("{}") });
    toEnd.push(() => void server.stop(true));
    const port = await relay(server.port ?? 0, (bytes, i) => (i === 0 ? bytes : bytes.fill(0, 6, 12)));
    return createAgentHttp({ hostname: "127.0.0.1", port }, { token: null, tls: { fingerprint: null, ca: cert } });
  }
  const failed = (asked: Promise<unknown>): Promise<MultivisorError> =>
    asked.then(
      () => Promise.reject(new Error("it was answered")),
      (error: MultivisorError) => error,
    );
  const WORDS = "what it answers is damaged, or no TLS";
  test("a command may have been done", async () => {
    const error = await failed((await damaged()).post(COMMAND_PATH, {}, CommandResults, 5_000));
    expect(failureText(error)).toBe(`${WORDS}; whether it was done is not known`);
  });
  test("a stream says it in our words", async () => {
    const error = await failed((await damaged()).follow("/", {}, () => {}, new AbortController().signal));
    expect(failureText(error)).toBe(WORDS);
  });
});

test.each([
  ["EPROTO", "it does not speak TLS: start the agent with --tls-cert and --tls-key, or remove tls=true"],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "its certificate is for another name than the url's: correct the url, or set tls_fingerprint",
  ],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["CERT_NOT_YET_VALID", "its certificate is not valid yet: is its clock, or ours, wrong?"],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "its certificate is not signed by anybody we trust: correct tls_ca, or set tls_fingerprint",
  ],
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "its certificate is not signed by anybody we trust: correct tls_ca, or set tls_fingerprint",
  ],
  ["ECONNRESET", null],
])("%s of TLS is said in words", (code, words) => {
  expect(tlsReason(code)).toBe(words);
});
