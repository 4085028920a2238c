/*
 * Halves the time in which a process that opens a database is there. For every ES module whose name ends with .js,
 * Node looks into its package's package.json for what kind it is, and parses all of it anew. drizzle-orm's has 180 kB,
 * and about 200 modules ask for one another: 0.9 seconds of a start, and all that memory to clear away. They are ES
 * modules, each beside the other: that is said here, and Node need not look.
 *
 * Plain JavaScript by need: old-node.cjs says why. An older Node 22 has no such hooks and starts as it did.
 */
{
  const HOME = "/node_modules/drizzle-orm/";

  const isBeside = (specifier, from) =>
    /^\.\.?\/.*\.js$/.test(specifier) && from?.includes(HOME) && from.endsWith(".js");

  require("node:module").registerHooks?.({
    resolve: (specifier, context, next) =>
      isBeside(specifier, context.parentURL)
        ? { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true }
        : next(specifier, context),
  });
}
