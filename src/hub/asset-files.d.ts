// What scripts/assets.ts writes; imported as text, so that it is inside the binary.
declare module "*/build/assets/app.js" {
  export default text;
  const text: string;
}
declare module "*/build/assets/search.js" {
  export default text;
  const text: string;
}
declare module "*/build/assets/theme.js" {
  export default text;
  const text: string;
}
declare module "*/build/assets/app.css" {
  export default text;
  const text: string;
}
declare module "*/build/assets/icon.svg" {
  export default text;
  const text: string;
}
declare module "*/build/assets/icon-192.txt" {
  export default text;
  const text: string;
}
declare module "*/build/assets/icon-512.txt" {
  export default text;
  const text: string;
}
declare module "*/build/assets/icon-maskable.txt" {
  export default text;
  const text: string;
}
