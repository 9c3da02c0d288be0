export const OUTPUT_FORMATS = ["table", "wide", "json", "ndjson", "csv"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** For programs: nothing but the data goes to stdout. */
export const isForPrograms = (format: OutputFormat): boolean => format !== "table" && format !== "wide";
