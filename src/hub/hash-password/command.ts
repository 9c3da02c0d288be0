import { defineCommand } from "citty";
import { MultivisorError } from "../../domain/errors.ts";
import { askSecret } from "../../lib/ask-secret.ts";
import { writeOut } from "../../lib/write-out.ts";

const ask = async (question: string) => {
  const answer = await askSecret(question);
  if (answer === null) throw new MultivisorError("BAD_CONFIG", "no password was given");
  return answer;
};

export const hashPasswordCommand = defineCommand({
  meta: {
    name: "hash-password",
    description: "Make the value for `password` in [global] or [user:NAME]: asks, or reads a line",
  },
  async run(): Promise<number> {
    const password = await ask("Password: ");
    if (password === "") throw new MultivisorError("BAD_CONFIG", "an empty password lets nobody in");
    if (process.stdin.isTTY && (await ask("Once more: ")) !== password)
      throw new MultivisorError("BAD_CONFIG", "the two are not the same");
    const hash = await Bun.password.hash(password, { algorithm: "argon2id" });
    await writeOut(`${hash}\n`);
    return 0;
  },
});
