import style from "../../build/assets/app.css" with { type: "text" };
import app from "../../build/assets/app.js" with { type: "text" };
import icon from "../../build/assets/icon.svg" with { type: "text" };
import icon192 from "../../build/assets/icon-192.txt" with { type: "text" };
import icon512 from "../../build/assets/icon-512.txt" with { type: "text" };
import iconMaskable from "../../build/assets/icon-maskable.txt" with { type: "text" };
import search from "../../build/assets/search.js" with { type: "text" };
import theme from "../../build/assets/theme.js" with { type: "text" };
import type { AssetUrls } from "../views/view-context.ts";

type Asset = {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly etag: string;
  gzip: Uint8Array<ArrayBuffer> | null;
};

export type Assets = {
  readonly urls: AssetUrls;
  /** @param file the last part of the path; null: there is no such file */
  readonly serve: (file: string, request: Request) => Response | null;
};

type Source = { readonly stem: string; readonly ext: string; readonly type: string; readonly text: string };

const png = (stem: string, text: string): Source => ({ stem, ext: "png", type: "image/png", text });

const SOURCES: Readonly<Record<keyof AssetUrls, Source>> = {
  style: { stem: "app", ext: "css", type: "text/css; charset=utf-8", text: style },
  app: { stem: "app", ext: "js", type: "text/javascript; charset=utf-8", text: app },
  theme: { stem: "theme", ext: "js", type: "text/javascript; charset=utf-8", text: theme },
  search: { stem: "search", ext: "js", type: "text/javascript; charset=utf-8", text: search },
  icon: { stem: "icon", ext: "svg", type: "image/svg+xml", text: icon },
  icon192: png("icon-192", icon192),
  icon512: png("icon-512", icon512),
  iconMaskable: png("icon-maskable", iconMaskable),
};

/** The files that pages load, out of the binary. A url holds the content's hash, so it may be kept for ever. */
export function createAssets(basePath: string): Assets {
  const files = new Map<string, Asset>();
  const url = ({ stem, ext, type, text }: Source): string => {
    const hash = Bun.hash(text).toString(36);
    const file = `${stem}.${hash}.${ext}`;
    const content = ext === "png" ? Uint8Array.fromBase64(text) : text;
    files.set(file, { type, content, etag: `"${hash}"`, gzip: null });
    return `${basePath}/assets/${file}`;
  };
  const names = Object.keys(SOURCES) as (keyof AssetUrls)[];
  const urls = Object.fromEntries(names.map((name) => [name, url(SOURCES[name])])) as AssetUrls;
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
  const isText = typeof asset.content === "string";
  if (!isText || !/\bgzip\b/.test(request.headers.get("accept-encoding") ?? ""))
    return new Response(asset.content, { headers });
  headers.set("content-encoding", "gzip");
  asset.gzip ??= Bun.gzipSync(asset.content);
  return new Response(asset.gzip, { headers });
}
