/** What every page knows of the place it is shown in. */
export type ViewContext = {
  readonly fleetName: string;
  /** in front of every url: "" or "/x", without a slash at the end */
  readonly basePath: string;
  /** null: nobody is logged in, or nobody has to be */
  readonly user: string | null;
  /** true where a login is required */
  readonly authentication: boolean;
  /** no login on an address that others can reach */
  readonly openToAll: boolean;
  /** may see, and do nothing: no action is shown */
  readonly readOnly?: boolean;
  /** may see who did what */
  readonly admin?: boolean;
  readonly version: string;
  /** why history is not being written; null: it is */
  readonly historyProblem: string | null;
};

/** Urls of the files that pages load, base path included. */
export type AssetUrls = {
  readonly style: string;
  readonly app: string;
  /** small and blocking: sets the palette before the first paint */
  readonly theme: string;
  readonly icon: string;
  /** for home screens, PNG of 192 and 512 pixels; the last one may be cut to a circle */
  readonly icon192: string;
  readonly icon512: string;
  readonly iconMaskable: string;
  /** searches in logs, beside the page */
  readonly search: string;
};
