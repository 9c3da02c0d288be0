/** Does a key by its name hold something that nobody should see? `token_file` names a place only. */
export const isSecretKey = (key: string): boolean =>
  /(?:password|passwd|passphrase|secret|token)$/.test(key.toLowerCase());
