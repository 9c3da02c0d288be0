import style from "../../build/assets/app.css" with { type: "text" };
import app from "../../build/assets/app.js" with { type: "text" };
import icon from "../../build/assets/icon.svg" with { type: "text" };
import search from "../../build/assets/search.js" with { type: "text" };
import theme from "../../build/assets/theme.js" with { type: "text" };
import type { AssetUrls } from "../views/view-context.ts";

type Asset = {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
  gzip: Uint8Array<ArrayBuffer> | null;
};

export type Assets = {
  readonly urls: AssetUrls;
  /** @param file the last part of the path; null: there is no such file */
  readonly serve: (file: string, request: Request) => Response | null;
};

const SOURCES: Readonly<Record<keyof AssetUrls, { stem: string; ext: string; type: string; text: string }>> = {
  style: { stem: "app", ext: "css", type: "text/css; charset=utf-8", text: style },
  app: { stem: "app", ext: "js", type: "text/javascript; charset=utf-8", text: app },
  theme: { stem: "theme", ext: "js", type: "text/javascript; charset=utf-8", text: theme },
  search: { stem: "search", ext: "js", type: "text/javascript; charset=utf-8", text: search },
  icon: { stem: "icon", ext: "svg", type: "image/svg+xml", text: icon },
};

/** The files that pages load, out of the binary. A url holds the content's hash, so it may be kept for ever. */
export function createAssets(basePath: string): Assets {
  const files = new Map<string, Asset>();
  const url = ({ stem, ext, type, text }: (typeof SOURCES)[keyof AssetUrls]): string => {
    const hash = Bun.hash(text).toString(36);
    const file = `${stem}.${hash}.${ext}`;
    files.set(file, { type, text, etag: `"${hash}"`, gzip: null });
    return `${basePath}/assets/${file}`;
  };
  const urls = {
    ...{ style: url(SOURCES.style), app: url(SOURCES.app), theme: url(SOURCES.theme), icon: url(SOURCES.icon) },
    search: url(SOURCES.search),
  };
  return {
    urls,
    serve(file, request) {
      const asset = files.get(file);
      return asset === undefined ? null : answer(asset, request);
    },
  };
}

function answer(asset: Asset, request: Request): Response {
  const headers = new Headers({
    "content-type": asset.type,
    "cache-control": "public, max-age=31536000, immutable",
    etag: asset.etag,
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
  });
  if (request.headers.get("if-none-match")?.includes(asset.etag)) return new Response(null, { status: 304, headers });
  if (!/\bgzip\b/.test(request.headers.get("accept-encoding") ?? "")) return new Response(asset.text, { headers });
  headers.set("content-encoding", "gzip");
  asset.gzip ??= Bun.gzipSync(asset.text);
  return new Response(asset.gzip, { headers });
}
