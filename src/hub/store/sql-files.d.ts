// Imported as text, so that they are inside the binary.
declare module "*.sql" {
  export default text;
  const text: string;
}
