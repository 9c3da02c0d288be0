/** What the browser's script starts is chosen by this; `data-page` of the document. */
export type PageName =
  | "groups"
  | "supervisors"
  | "processes"
  | "history"
  | "audit"
  | "process"
  | "supervisor"
  | "log"
  | "main-log"
  | "login"
  | "message";
