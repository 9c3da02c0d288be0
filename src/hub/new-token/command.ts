import { defineCommand } from "citty";
import { parseAccess } from "../../domain/access.ts";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { isRole, ROLES } from "../../domain/role.ts";
import { writeOut } from "../../lib/write-out.ts";
import { hashOfToken, newApiToken } from "../auth/tokens.ts";

export const newTokenCommand = defineCommand({
  meta: {
    name: "new-token",
    description: "Make a token for a program, and the section of the configuration that lets it in",
  },
  args: {
    name: { type: "positional", description: "What the program is called, in the configuration and in the audit" },
    role: { type: "string", valueHint: "ROLE", description: `${ROLES.join(", ")} (viewer)` },
    filter: { type: "string", valueHint: "FILTER", description: "The part of the fleet that it may see and touch" },
    expires: { type: "string", valueHint: "DATE", description: "The first day on which it is no longer let in" },
  },
  async run({ args }): Promise<number> {
    const token = newApiToken();
    process.stderr.write(
      "The token is shown this once; the hub keeps its hash. Put the section into the configuration, then reload.\n",
    );
    await writeOut(`${token}\n\n${sectionOf(token, args as Wishes)}`);
    return 0;
  },
});

type Wishes = { readonly name: string } & { readonly [K in "role" | "filter" | "expires"]?: string | undefined };

function sectionOf(token: string, { name, role = "viewer", filter = "", expires = "" }: Wishes): string {
  if (!/^[^\]\r\n]+$/.test(name)) throw new MultivisorError("BAD_CONFIG", "the name must hold no ]");
  if (!isRole(role)) throw new MultivisorError("BAD_CONFIG", `--role is one of ${ROLES.join(", ")}, not "${role}"`);
  if (expires !== "" && (!/^\d{4}-\d\d-\d\d/.test(expires) || Number.isNaN(Date.parse(expires))))
    throw new MultivisorError("BAD_CONFIG", `--expires is a date such as 2027-12-31, not "${expires}"`);
  try {
    parseAccess(filter);
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `--filter: ${messageOf(error)}`);
  }
  const lines = [`[token:${name}]`, `sha256=${hashOfToken(token)}`, `role=${role}`];
  if (filter !== "") lines.push(`filter=${filter.replaceAll("%", "%%").replaceAll(/[\r\n]/g, " ")}`);
  if (expires !== "") lines.push(`expires=${expires}`);
  return `${lines.join("\n")}\n`;
}
