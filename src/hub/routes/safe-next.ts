/** Where to go after the login: a path of ours and nothing else, whatever the url said. */
export function safeNext(wish: string | null, basePath: string): string {
  const home = `${basePath}/`;
  // A browser reads "\" as "/" and drops tabs and line ends, so "/\host" and "/\t/host" would lead away.
  if (wish === null || !wish.startsWith(home) || /^\/\/|[\\\u0000-\u001f]/.test(wish)) return home;
  return wish.startsWith(`${home}login`) ? home : wish;
}
