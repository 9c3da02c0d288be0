/** multivisor.conf of a demo. */
export const hubConf = (
  name: string,
  supervisors: readonly { readonly name: string; readonly url: string }[],
): string =>
  `; multivisor hub -c THIS_FILE
[global]
name=${name}
; username and password make the hub ask who you are:
; username=admin
; password=a good one
${supervisors.map(({ name: host, url }) => `\n[supervisor:${host}]\nurl=${url}\n`).join("")}`;
