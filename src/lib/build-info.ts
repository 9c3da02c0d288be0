import { version } from "../../package.json";

/** As in package.json when the executable was built. */
export const VERSION: string = version;
