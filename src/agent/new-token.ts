/** 32 random bytes: nobody will guess it, and no file format has trouble with it. */
export const newToken = (): string =>
  crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url", omitPadding: true });

export const TOKEN_ADVICE = `This is a new token; it is kept nowhere. Put it into a file that only supervisord's user can read, and start the agent
with --token-file PATH (or MULTIVISOR_AGENT_TOKEN). On the hub: token_file=PATH in [global] or in [supervisor:…].
`;
