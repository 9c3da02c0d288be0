/** `npm run docs`: docs/cli.md, out of the definitions of the commands. */
import { allCommands } from "../src/cli/commands.ts";
import { reference } from "../src/cli/help/reference.ts";

await Bun.write("docs/cli.md", reference(await allCommands()));
