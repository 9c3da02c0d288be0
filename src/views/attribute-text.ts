/**
 * Foreign text for an attribute. Kita escapes the quote alone there: an `&amp;` in a process name would arrive as `&`,
 * and htmx rewrites `<hx-…` wherever it stands in a message, attributes included.
 */
export const attributeText = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
