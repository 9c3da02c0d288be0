import type { PageName } from "./page-name.ts";

const LINKS: readonly { page: PageName; path: string; word: string; key: string; within: readonly PageName[] }[] = [
  { page: "groups", path: "/", word: "Groups", key: "g g", within: [] },
  { page: "supervisors", path: "/supervisors", word: "Supervisors", key: "g s", within: ["supervisor"] },
  { page: "processes", path: "/processes", word: "Processes", key: "g p", within: ["process", "log"] },
  { page: "history", path: "/history", word: "History", key: "g h", within: [] },
];

export const Nav = ({ basePath, page }: { basePath: string; page: PageName }) => (
  <nav class="nav" aria-label="Pages">
    {LINKS.map((link) => (
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
