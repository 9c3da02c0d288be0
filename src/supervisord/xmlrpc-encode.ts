export type RpcValue = string | number | boolean | readonly RpcValue[] | { readonly [key: string]: RpcValue };

/** A numeric reference keeps CR from being folded; other control characters have no legal form in XML 1.0. */
const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");

function encodeValue(value: RpcValue): string {
  if (typeof value === "string") return `<value><string>${escapeText(value)}</string></value>`;
  if (typeof value === "boolean") return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === "number") {
    const tag = Number.isInteger(value) ? "int" : "double";
    return `<value><${tag}>${value}</${tag}></value>`;
  }
  if (isList(value)) return `<value><array><data>${value.map(encodeValue).join("")}</data></array></value>`;
  const members = Object.entries(value).map(
    ([k, v]) => `<member><name>${escapeText(k)}</name>${encodeValue(v)}</member>`,
  );
  return `<value><struct>${members.join("")}</struct></value>`;
}

const isList = (value: RpcValue): value is readonly RpcValue[] => Array.isArray(value);

export function encodeCall(method: string, params: readonly RpcValue[]): string {
  const list = params.map((param) => `<param>${encodeValue(param)}</param>`).join("");
  return `<?xml version="1.0"?><methodCall><methodName>${escapeText(method)}</methodName><params>${list}</params></methodCall>`;
}

/** The answer to a call, as supervisord would write it: for peers that play supervisord. */
export const encodeResponse = (value: RpcValue): string =>
  `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${encodeValue(value)}\n</param>\n</params>\n</methodResponse>\n`;

/** The same for a call that it refuses. */
export const encodeFault = (fault: { readonly faultCode: number; readonly faultString: string }): string =>
  `<?xml version='1.0'?>\n<methodResponse>\n<fault>\n${encodeValue(fault)}\n</fault>\n</methodResponse>\n`;
