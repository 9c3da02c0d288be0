/** Whom the hub lets in. For the login alone: no view and no API receives this type. */
export type Credentials = {
  readonly username: string;
  /** `$argon2id$…`, `{SHA}` and 40 hex digits, or plain text */
  readonly password: string;
};
