/** What the other side raised. */
export class ZerorpcRemoteError extends Error {
  override readonly name = "ZerorpcRemoteError";
  /** @param kind the exception's class, in Python */
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/** The other side sends no heartbeats any more. */
export class ZerorpcLostRemote extends Error {
  override readonly name = "ZerorpcLostRemote";
}

/** No answer within the time that the caller gave. */
export class ZerorpcTimeout extends Error {
  override readonly name = "ZerorpcTimeout";
}

/** `[class, message, traceback]`, or from peers before version 2 the message alone. */
export function remoteError(args: unknown): ZerorpcRemoteError {
  const texts = (Array.isArray(args) ? args : [args]).map((text) => String(text));
  const [first = "", second] = texts;
  return second === undefined ? new ZerorpcRemoteError("", first) : new ZerorpcRemoteError(first, second);
}
