/*
 * Halves the time in which a process is there.
 *
 * What was compiled stays for the next start. Where it cannot be kept, Node goes on without.
 *
 * And for every module Node asks the file system where it is, and a package.json of what kind it is, which it parses
 * anew each time: drizzle-orm's has 180 kB. All of that is known here:
 *
 * - our own modules are TypeScript, and #src/domain/time.ts stands in src/domain/time.ts;
 * - drizzle-orm and zod are ES modules, each where the other says;
 * - what a package's name stands for does not change while a process runs.
 *
 * Plain JavaScript by need: old-node.cjs says why. An older Node 22 has no such hooks and starts as it did.
 */
{
  const { join } = require("node:path");
  const { pathToFileURL } = require("node:url");

  const ROOT = pathToFileURL(join(__dirname, "..", "..", "/")).href;
  const isOfLibrary = (file) => /\/node_modules\/(?:drizzle-orm|zod)\/.*\.js$/.test(file);
  /** What the names of packages stand for, to our own modules. */
  const packages = new Map();

  const known = (url, format) => ({ url, format, shortCircuit: true });

  /** Where a module is, and of what kind; undefined where Node has to look. */
  const found = (specifier, from) => {
    if (specifier.endsWith(".ts")) {
      if (/^#\w+\//.test(specifier)) return known(ROOT + specifier.slice(1), "module-typescript");
      if (specifier.startsWith(".") && !from.includes("/node_modules/"))
        return known(new URL(specifier, from).href, "module-typescript");
    }
    if (/^\.\.?\/.*\.js$/.test(specifier) && isOfLibrary(from))
      return known(new URL(specifier, from).href, "module");
    return undefined;
  };

  const { enableCompileCache, registerHooks } = require("node:module");
  enableCompileCache?.();
  registerHooks?.({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? "";
      const place = found(specifier, from);
      if (place !== undefined) return place;
      if (!from.endsWith(".ts") || !context.conditions.includes("import")) return next(specifier, context);
      const target = packages.get(specifier) ?? next(specifier, context);
      packages.set(specifier, target);
      return { ...target, shortCircuit: true };
    },
  });
}
