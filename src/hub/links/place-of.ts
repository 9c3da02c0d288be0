/** Where a supervisord's HTTP server listens, out of its url. @returns null for a unix socket */
export function placeOf(serverUrl: string): { readonly hostname: string; readonly port: number } | null {
  if (serverUrl.startsWith("unix:")) return null;
  const { protocol, hostname, port } = new URL(serverUrl);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (protocol === "https:" ? 443 : 80) };
}
