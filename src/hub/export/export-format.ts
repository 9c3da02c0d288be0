import { MultivisorError } from "../../domain/errors.ts";

export const EXPORT_FORMATS = ["json", "csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Each item is a row, with its end of line. */
export type CsvForm<T> = { readonly head: string; readonly row: (item: T) => string };

/** What stands around and between items in a file. */
export type FileForm<T> = {
  readonly type: string;
  readonly head: string;
  readonly line: (item: T) => string;
  readonly between: string;
  /** @param next cursor of what was not asked for; null: nothing is left */
  readonly tail: (next: string | number | null) => string;
};

const FORMS: { readonly [key in ExportFormat]: <T>(csv: CsvForm<T>) => FileForm<T> } = {
  json: () => ({
    type: "application/json; charset=utf-8",
    head: '{"items":[',
    line: (item) => JSON.stringify(item),
    between: ",\n",
    tail: (next) => `],"next":${JSON.stringify(next)}}\n`,
  }),
  csv: ({ head, row }) => ({ type: "text/csv; charset=utf-8", head, line: row, between: "", tail: () => "" }),
  ndjson: () => ({
    type: "application/x-ndjson; charset=utf-8",
    head: "",
    line: (item) => `${JSON.stringify(item)}\n`,
    between: "",
    tail: () => "",
  }),
};

export const fileForm = <T>(format: ExportFormat, csv: CsvForm<T>): FileForm<T> => FORMS[format](csv);

/** @throws MultivisorError BAD_REQUEST */
export function parseExportFormat(text: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === text);
  if (format === undefined)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: format "${text}" is none of json, csv, ndjson`);
  return format;
}
