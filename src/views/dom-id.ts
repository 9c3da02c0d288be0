/** FNV-1a in two lanes: short and safe in an id, whatever the name holds; the same in every run. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + i;
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

export const rowId = (uid: string): string => `p${hash(uid)}`;
export const attentionId = (key: string): string => `a${hash(key)}`;
export const cardId = (group: string): string => `g${hash(group)}`;
export const cardHeadId = (group: string): string => `h${hash(group)}`;
export const supervisorRowId = (name: string): string => `s${hash(name)}`;
