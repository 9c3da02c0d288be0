import type { PageName } from "./page-name.ts";

const LINKS: readonly { page: PageName; path: string; word: string; key: string; within: readonly PageName[] }[] = [
  { page: "groups", path: "/", word: "Groups", key: "g g", within: [] },
  { page: "supervisors", path: "/supervisors", word: "Supervisors", key: "g s", within: ["supervisor"] },
  { page: "processes", path: "/processes", word: "Processes", key: "g p", within: ["process", "log"] },
  { page: "history", path: "/history", word: "History", key: "g h", within: [] },
  { page: "audit", path: "/audit", word: "Audit", key: "g a", within: [] },
];

type Props = { readonly basePath: string; readonly page: PageName; readonly admin: boolean };

export const Nav = ({ basePath, page, admin }: Props) => (
  <nav class="nav" aria-label="Pages">
    {LINKS.filter((link) => link.page !== "audit" || admin).map((link) => (
      <a
        href={`${basePath}${link.path}`}
        class={`tab-${link.page}`}
        title={`${link.word} (${link.key})`}
        {...(link.page === page ? { "aria-current": "page" } : {})}
        {...(link.within.includes(page) ? { "aria-current": "true" } : {})}
        safe
      >
        {link.word}
      </a>
    ))}
  </nav>
);
