import { describe, expect, test } from "bun:test";
import type { Front } from "../configuration/front.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { createClient } from "./client.ts";
import { hostGuard } from "./host-guard.ts";

const frontOf = (text: string): Front =>
  readConfiguration(`[global]\n${text}\n[supervisor:a]\n`, "m.conf").configuration.front;
const request = (headers: Record<string, string> = {}) => new Request("http://hub/", { headers });
const PROXIES = "trusted_proxies=10.0.0.0/8, ::1\nlogin_header=X-Remote-User";

describe("the client's address", () => {
  test.each([
    ["192.0.2.1", "", "192.0.2.1"],
    ["192.0.2.1", "198.51.100.9", "192.0.2.1"],
    ["10.0.0.1", "198.51.100.9", "198.51.100.9"],
    ["::ffff:10.0.0.1", "198.51.100.9", "198.51.100.9"],
    ["10.0.0.1", "1.1.1.1, 198.51.100.9, 10.9.9.9", "198.51.100.9"],
    ["10.0.0.1", "nonsense", "10.0.0.1"],
    ["10.0.0.1", "", "10.0.0.1"],
    ["::1", "[2001:db8::1]:443", "2001:db8::1"],
    ["10.0.0.1", "198.51.100.9:5555", "198.51.100.9"],
    ["", "198.51.100.9", ""],
  ])("of %j with %j is %j", (peer, forwarded, address) => {
    const client = createClient(
      () => frontOf(PROXIES),
      () => peer,
    );
    expect(client.address(request(forwarded === "" ? {} : { "x-forwarded-for": forwarded }))).toBe(address);
  });

  test("through a unix socket is what the proxy says, where that is named", () => {
    const client = createClient(
      () => frontOf("trusted_proxies=unix"),
      () => "",
    );
    expect(client.address(request({ "x-forwarded-for": "198.51.100.9" }))).toBe("198.51.100.9");
  });
});

describe("a proxy's word", () => {
  const headers = { "x-remote-user": "ann", "x-forwarded-proto": "https" };
  test("counts from the proxy alone", () => {
    const at = (peer: string) =>
      createClient(
        () => frontOf(PROXIES),
        () => peer,
      );
    expect([at("10.0.0.1").loginName(request(headers)), at("10.0.0.1").isHttps(request(headers))]).toEqual([
      "ann",
      true,
    ]);
    expect([at("192.0.2.1").loginName(request(headers)), at("192.0.2.1").isHttps(request(headers))]).toEqual([
      null,
      false,
    ]);
  });

  test.each([
    ["login_header=X-User", "login_header without trusted_proxies"],
    ["trusted_proxies=proxy.acme.org", "is not an address"],
    ["trusted_proxies=10.0.0.0/33", "is not a network"],
    ["trusted_proxies=::1\nlogin_header=X User", "is not the name of a header"],
    ["trusted_proxies=::1\nlogin_header=X-User\nlogin_role=boss", '"boss" for "login_role"'],
    ["tls_cert=a.crt", "tls_cert without tls_key"],
  ])("%j is refused", (text, message) => {
    expect(() => frontOf(text)).toThrow(message);
  });
});

describe("a page of another site whose name leads here", () => {
  const status = async (front: Front, host: string, isLocalAndOpen: boolean, peer = "127.0.0.1") => {
    const client = createClient(
      () => front,
      () => peer,
    );
    const app = hostGuard({ front: () => front, client, isLocalAndOpen: () => isLocalAndOpen, machineName: "box" });
    const answer = await app.get("/", () => "in").handle(new Request("http://localhost/", { headers: { host } }));
    return answer.status;
  };

  test.each(["localhost:22000", "127.0.0.1:22000", "[::1]:22000", "box", "BOX:1", "hub.localhost"])(
    "%s gets in",
    async (host) => {
      expect(await status(frontOf(""), host, true)).toBe(200);
    },
  );

  test.each(["evil.example:22000", "127.0.0.1.evil.example", "localhost.evil.example"])("%s does not", async (host) => {
    expect(await status(frontOf(""), host, true)).toBe(421);
    expect(await status(frontOf(""), host, false)).toBe(200);
    expect(await status(frontOf("allowed_hosts=hub.acme.org"), host, false)).toBe(421);
    expect(await status(frontOf(`allowed_hosts=${host.split(":")[0]}`), host, true)).toBe(200);
    expect(await status(frontOf("trusted_proxies=10.0.0.1"), host, true, "10.0.0.1")).toBe(200);
  });
});
