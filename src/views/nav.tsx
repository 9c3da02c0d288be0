import type { PageName } from "./page-name.ts";
import { barTexts as texts } from "./texts/bar.ts";

type List = "groups" | "supervisors" | "processes" | "history" | "audit";

const LINKS: readonly { page: List; path: string; key: string; within: readonly PageName[] }[] = [
  { page: "groups", path: "/", key: "g g", within: [] },
  { page: "supervisors", path: "/supervisors", key: "g s", within: ["supervisor", "main-log"] },
  { page: "processes", path: "/processes", key: "g p", within: ["process", "log"] },
  { page: "history", path: "/history", key: "g h", within: [] },
  { page: "audit", path: "/audit", key: "g a", within: [] },
];

type Props = { readonly basePath: string; readonly page: PageName; readonly admin: boolean };

export const Nav = ({ basePath, page, admin }: Props) => (
  <nav class="nav" aria-label={texts.pages.label}>
    {LINKS.filter((link) => link.page !== "audit" || admin).map((link) => (
      <a
        href={`${basePath}${link.path}`}
        class={`tab-${link.page}`}
        title={texts.withKey(texts.pages[link.page], link.key)}
        {...(link.page === page ? { "aria-current": "page" } : {})}
        {...(link.within.includes(page) ? { "aria-current": "true" } : {})}
      >
        {texts.pages[link.page]}
      </a>
    ))}
  </nav>
);
