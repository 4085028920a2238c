const GIVEN = process.env["ATTUNE_SEED"];

/**
 * Where random cases begin: anywhere, unless ATTUNE_SEED says where. CI says it, so that it judges every change by the same cases; whoever
 * runs the tests elsewhere tries others, and repeats those that failed.
 */
export const SEED = Number(GIVEN ?? Date.now() % 1_000_000);

export const isSeedGiven = GIVEN !== undefined;
