import { loginTexts as texts } from "../texts/message.ts";
import { base, byId } from "./page.ts";

/** Without this the form goes to the server by itself and does the same. */
export function startLogin(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-login]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void logIn(form);
  });
}

async function logIn(form: HTMLFormElement): Promise<void> {
  const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const problem = byId("problem");
  problem.textContent = "";
  try {
    const response = await fetch(form.dataset.login ?? "", {
      method: "POST",
      headers: { accept: "application/json" },
      body: fields,
    });
    if (response.ok) location.assign(fields.get("next") ?? `${base()}/`);
    else problem.textContent = problemOf(await response.json().catch(() => null), response.status);
  } catch {
    problem.textContent = texts.noHub;
  }
}

function problemOf(answer: unknown, status: number): string {
  const { errors, message } = (answer ?? {}) as { errors?: Record<string, unknown>; message?: unknown };
  const [first] = Object.values(errors ?? {});
  return String(first ?? message ?? texts.answered(status));
}

export function startLogout(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-logout]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const leave = () => location.assign(`${base()}/login`);
    void fetch(form.action, { method: "POST" }).then(leave, leave);
  });
}
