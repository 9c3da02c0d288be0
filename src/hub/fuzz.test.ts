import { describe, test } from "bun:test";
import fc from "fast-check";
import { parseAccess, seesUid } from "../domain/access.ts";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { matchesFilter, parseFilter } from "../domain/filter.ts";
import { matchesGlob } from "../lib/glob.ts";
import { parseRange } from "../lib/http-range.ts";
import { parsePageQuery, parseSearchQuery } from "../protocol/log-query.ts";
import { readBasic } from "./auth/basic.ts";
import { createClient } from "./auth/client.ts";
import { createSessions } from "./auth/sessions.ts";
import { bearerOf } from "./auth/tokens.ts";
import { readConfiguration } from "./configuration/read-configuration.ts";
import { createProxyMatcher } from "./configuration/read-front.ts";
import { parseSelection } from "./live/stream-wish.ts";
import { exposition } from "./metrics/exposition.ts";
import { formFlag, formList, formText, optionalList } from "./routes/form-list.ts";
import { safeNext } from "./routes/safe-next.ts";
import { viewerZone } from "./routes/viewer-zone.ts";
import { HISTORY_PARAMETERS, parseHistoryQuery } from "./store/history-query.ts";

const text = fc.string({ unit: "binary", maxLength: 200 });
const header = fc.stringMatching(/^[\x20-\x7e]{0,200}$/);
const NO_PROXY = {
  trustedProxies: ["10.0.0.0/8"],
  loginHeader: "x-user",
  loginRole: null,
  allowedHosts: [],
  tls: null,
};
const request = (headers: Record<string, string>) => new Request("http://hub/", { headers });

/** Errors of ours are answers; anything else would be a 500. */
function orOurs(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    return error instanceof MultivisorError;
  }
}

const holds = (name: string, property: fc.IProperty<unknown>) =>
  test(name, () => fc.assert(property, { numRuns: 1_000 }));

describe("whatever comes from outside", () => {
  holds(
    "a filter is read, and says yes or no",
    fc.property(text, text, (filter, uid) => {
      const subject = { uid, supervisor: uid, group: uid, name: uid, state: "RUNNING", trouble: false } as const;
      return typeof matchesFilter(parseFilter(filter), subject) === "boolean";
    }),
  );
  holds(
    "a user's filter is read or refused in words, and never sees what is no uid",
    fc.property(text, text, (filter, uid) => {
      try {
        const access = parseAccess(filter);
        return access === null || uid.includes(":") || !seesUid(access, uid);
      } catch (error) {
        return String(error).includes("states");
      }
    }),
  );
  holds(
    "what a reader of the stream wants",
    fc.property(text, text, (filter, events) => orOurs(() => parseSelection({ filter, events }))),
  );
  holds(
    "a form, or any JSON",
    fc.property(
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom("uid", "wait", "filter"), fc.jsonValue())),
      (body) =>
        orOurs(() => [
          formText(body, "filter"),
          formFlag(body, "wait"),
          optionalList({ request: request({}), body }, "uid"),
          formList({ request: request({ "content-type": "application/json" }), body }, "uid"),
        ]),
    ),
  );
  holds(
    "Authorization",
    fc.property(header, (value) => orOurs(() => [readBasic(value), bearerOf(request({ authorization: value }))])),
  );
  holds(
    "a cookie, none of which is a session",
    fc.property(header, (value) => {
      const ended = { has: () => false, add: () => {} };
      const user = { username: "ann", password: "x" };
      const sessions = createSessions({
        ...{ key: "k", basePath: "", find: () => user, ended, now: () => 0, isHttps: () => false },
      });
      const name = (sessions.begin(request({}), user).split("=")[0] ?? "").trim();
      return sessions.of(request({ cookie: `${name}=${value}` })) === null;
    }),
  );
  holds(
    "X-Forwarded-For: an address or nothing comes of it",
    fc.property(header, (value) => {
      const client = createClient(
        () => NO_PROXY,
        () => "10.0.0.1",
      );
      return /^[\da-f.:]+$/i.test(client.address(request({ "x-forwarded-for": value })));
    }),
  );
  holds(
    "a configuration file",
    fc.property(text, text, text, (a, b, c) =>
      orOurs(() => readConfiguration(`[global]\n${a}\n[user:${b}]\npassword=${c}\n[token:x]\nsha256=${a}\n`, "m.conf")),
    ),
  );
  holds(
    "networks of proxies: what is none is refused, and never stands for everybody",
    fc.property(fc.oneof(text, fc.stringMatching(/^10\.0\.0\.0\/?[\d/ -]{0,3}$/)), (proxy) => {
      const bits = /^[^/]*\/0{1,3}$/.test(proxy);
      try {
        return bits || !createProxyMatcher([proxy])("192.0.2.7");
      } catch (error) {
        return messageOf(error).includes("is not");
      }
    }),
  );
  holds(
    "a question to the history",
    fc.property(
      fc.dictionary(fc.constantFrom(...HISTORY_PARAMETERS), fc.oneof(text, fc.constantFrom("all", "1", "-1", "e30"))),
      (parameters) => orOurs(() => parseHistoryQuery(parameters)),
    ),
  );
  holds(
    "a question to a log",
    fc.property(
      fc.dictionary(fc.constantFrom("offset", "length", "lines", "q", "regex", "limit", "until", "before"), text),
      (parameters) => {
        const search = new URLSearchParams(parameters);
        return (
          orOurs(() => parsePageQuery(search, { at: "offset", bytes: "length" })) &&
          orOurs(() => parseSearchQuery(search))
        );
      },
    ),
  );
  holds(
    "where to go after the login: never to another host",
    fc.property(
      fc.oneof(
        text,
        text.map((rest) => `//${rest}`),
        text.map((rest) => `/\\${rest}`),
      ),
      (wish) => {
        return new URL(safeNext(wish, ""), "http://hub/").host === "hub";
      },
    ),
  );
  holds(
    "a part of a file",
    fc.property(fc.oneof(header, fc.stringMatching(/^\d{0,4}-\d{0,4}$/)), fc.nat(10_000), (value, size) => {
      const range = parseRange(`bytes=${value}`, size);
      if (range === null || range === "unsatisfiable") return true;
      return range.from >= 0 && range.from < range.to && range.to <= size;
    }),
  );
  holds(
    "the time zone of a browser",
    fc.property(header, (value) => viewerZone(request({ cookie: `mv_zone=${value}` })).clock(0) !== ""),
  );
  holds(
    "patterns, in time that does not explode",
    fc.property(fc.stringMatching(/^[a*?[\]]{0,40}$/), (pattern) => {
      return typeof matchesGlob(pattern, "a".repeat(200)) === "boolean";
    }),
  );
  holds(
    "names in figures stay on their line",
    fc.property(text, (name) => {
      const family = { name: "x", type: "gauge", help: "X.", samples: [{ labels: { name }, value: 1 }] } as const;
      return exposition([family]).split("\n").length === 4;
    }),
  );
});
