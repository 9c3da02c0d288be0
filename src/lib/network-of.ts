/** What one peer can choose its address from: an IPv4 address itself, of IPv6 the 2^64 beside it as well. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!plain.includes(":")) return plain;
  return plain === "::1" ? plain : `${groupsOf(plain).slice(0, 4).join(":")}::/64`;
}

/** All eight, also those that `::` stands for. */
function groupsOf(address: string): string[] {
  const [head = "", tail] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  if (tail === undefined) return [...head];
  return [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0"), ...tail];
}
