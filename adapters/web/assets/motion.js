// How the page moves what it brings into view.

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** How a chat or the roster scrolls: at once for whoever wants nothing to move. */
export const scrolling = () => (still.matches ? "instant" : "smooth");
