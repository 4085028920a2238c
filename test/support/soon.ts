/** What comes at once on a quiet machine is waited for on a busy one. How long it takes is asserted nowhere. */
export const SOON = { timeout: 60_000, interval: 10 };
