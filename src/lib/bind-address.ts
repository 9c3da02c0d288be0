export type BindAddress = { readonly hostname: string; readonly port: number };

/**
 * `0:9002`, `*:9002`, `:9002`, `9002`, `host`, `host:9002`, `[::1]`, `[::1]:9002`. `0`, `*` and nothing mean every
 * address of the machine.
 * @throws Error that names the text
 */
export function parseBindAddress(text: string, defaultPort: number): BindAddress {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[^:[\]\s]*))(?::(?<port>\d{1,5}))?$/.exec(text.trim());
  if (match?.groups === undefined)
    throw new Error(`cannot read the address "${text}": expected host:port, *:port or [v6]:port`);
  const { v6, host = "", port } = match.groups;
  const bare = v6 === undefined && port === undefined && /^\d{2,5}$/.test(host);
  const number = Number(bare ? host : (port ?? defaultPort));
  if (number > 65_535) throw new Error(`cannot read the address "${text}": port ${number} is above 65535`);
  const everywhere = bare || (v6 === undefined && (host === "" || host === "*" || host === "0"));
  return { hostname: everywhere ? "0.0.0.0" : (v6 ?? host), port: number };
}
