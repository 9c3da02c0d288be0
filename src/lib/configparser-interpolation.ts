import { ConfigSyntaxError, type ConfigValue } from "./configparser.ts";

const MAX_DEPTH = 10;

/** Keys that a raw value refers to by `%(key)s`. */
export const referencesOf = (raw: string): string[] =>
  [...raw.replaceAll("%%", "").matchAll(/%\(([^)]+)\)s/g)].map((match) => (match[1] ?? "").toLowerCase());

/**
 * Python's BasicInterpolation: `%%` is `%`, `%(key)s` the value of another key of the same section or of [DEFAULT].
 * @throws ConfigSyntaxError
 */
export function interpolate(value: ConfigValue, values: ReadonlyMap<string, ConfigValue>, depth = 1): string {
  if (depth > MAX_DEPTH)
    throw new ConfigSyntaxError(value.line, `"${value.key}" refers to itself; write the value out`);
  return value.raw.replaceAll(/%(%|\(([^)]+)\)s|)/g, (_, what: string, name: string | undefined) => {
    if (what === "%") return "%";
    if (name === undefined)
      throw new ConfigSyntaxError(value.line, `a single % in the value of "${value.key}"; write %% for %`);
    const other = values.get(name.toLowerCase());
    if (other === undefined)
      throw new ConfigSyntaxError(
        value.line,
        `"${value.key}" refers to %(${name})s, which is set neither in its section nor in [DEFAULT]; set it, or write %% for %`,
      );
    return other.raw.includes("%") ? interpolate(other, values, depth + 1) : other.raw;
  });
}
