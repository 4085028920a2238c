import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { refuse } from "./guard.ts";

/** The page's files, under an address that changes when any of them changes. */
export interface Assets {
  /** "/assets/0f3a…": for building addresses. */
  readonly base: string;
  readonly routes: Hono;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Serves only files that were found when Attune started. A path is looked up in a list and never joined to a folder, so no request
 * can reach another file.
 */
export function openAssets(): Assets {
  const files = new Map<string, string>();
  const own = join(dirname(fileURLToPath(import.meta.url)), "assets");
  for (const name of readdirSync(own)) files.set(name, join(own, name));
  const font = dirname(
    createRequire(import.meta.url).resolve("@fontsource-variable/noto-sans-jp/package.json"),
  );
  files.set("font/index.css", join(font, "index.css"));
  for (const name of readdirSync(join(font, "files")))
    files.set(`font/files/${name}`, join(font, "files", name));

  const version = createHash("sha256");
  for (const [name, path] of files)
    version.update(name).update(extname(name) === ".woff2" ? "" : readFileSync(path));
  const base = `/assets/${version.digest("hex").slice(0, 16)}`;

  const routes = new Hono().get("/*", (c) => {
    const name = c.req.path.startsWith(`${base}/`) ? c.req.path.slice(base.length + 1) : "";
    const path = files.get(name);
    const type = TYPES[extname(name)];
    if (path === undefined || type === undefined) return refuse(c, 404, "not-found");
    return c.body(readFileSync(path), 200, {
      "Content-Type": type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  return { base, routes };
}
