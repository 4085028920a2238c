import { describe, expect, it } from "vitest";
import { wrongFile } from "#src/config/database-place.ts";
import { folder } from "./folder.ts";

const address = (query: string) => `postgres://attune:s3cret@db.example/attune?${query}`;

describe("the files that a server's address names", () => {
  it.each(["sslrootcert", "sslcert", "sslkey"])("are there: %s", (part) => {
    using files = folder({ "ca.pem": "a certificate" });
    const named = (file: string) => wrongFile(address(`sslmode=verify-full&${part}=${file}`));

    expect(named(files.path("ca.pem"))).toBeUndefined();
    expect(named("/nowhere/ca.pem")).toMatchObject({
      message: `its ${part}, /nowhere/ca.pem, is not there`,
      todo: expect.stringContaining("mend the path"),
    });
    expect(named(files.path("."))?.message).toContain("is no file");
  });

  it("are none of an address without them, and of a SQLite file", () => {
    expect(wrongFile(address("sslmode=verify-full"))).toBeUndefined();
    expect(wrongFile("./data/attune.db")).toBeUndefined();
    expect(wrongFile("postgres://u:p@x@y/z")).toBeUndefined();
  });
});
