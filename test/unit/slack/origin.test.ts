import { describe, expect, it } from "vitest";
import { homeOf, isForUs, isOfUs, type Home } from "#adapters/slack/origin.ts";

const WORKSPACE: Home = { team: "T1", enterprise: "E1" };
const ORGANISATION: Home = { team: "E1", enterprise: "E1", isOrgWide: true };

describe("a payload for an installation in one workspace", () => {
  it.each([
    ["an event there", { team_id: "T1" }, true],
    ["an event elsewhere", { team_id: "T2" }, false],
    [
      "a sister workspace's event, authorised for ours",
      { team_id: "T2", authorizations: [{ team_id: "T1", enterprise_id: "E1" }] },
      true,
    ],
    [
      "our workspace's event, authorised for another",
      { team_id: "T1", authorizations: [{ team_id: "T2", enterprise_id: "E1" }] },
      false,
    ],
    ["an event without authorisations", { team_id: "T1", authorizations: [] }, true],
    [
      "a tap in a view that was installed in ours",
      { team: { id: "T2" }, view: { app_installed_team_id: "T1" }, user: { team_id: "T2" } },
      true,
    ],
    [
      "a tap in a view that was installed elsewhere",
      { team: { id: "T1" }, view: { app_installed_team_id: "T2" } },
      false,
    ],
    ["a tap in a message", { team: { id: "T1" }, enterprise: { id: "E1" } }, true],
    ["a payload whose team is null, of somebody of ours", { team: null, user: { team_id: "T1" } }, true],
    ["a payload that names nothing", {}, false],
    ["what is no payload", "T1", false],
    ["what has the wrong shapes", { team_id: 7, team: "T1", authorizations: "T1" }, false],
  ])("%s", (_, body, is) => {
    expect(isForUs(body, WORKSPACE)).toBe(is);
  });
});

describe("a payload for an installation in a whole organisation", () => {
  it.each([
    [
      "an event of any workspace",
      {
        team_id: "T9",
        authorizations: [{ team_id: null, enterprise_id: "E1", is_enterprise_install: true }],
      },
      true,
    ],
    [
      "an event of another organisation",
      { team_id: "T9", authorizations: [{ team_id: "T9", enterprise_id: "E2" }] },
      false,
    ],
    [
      "a tap without a team",
      { team: null, enterprise: { id: "E1" }, is_enterprise_install: true, user: { team_id: "T9" } },
      true,
    ],
    ["a tap with the team's organisation", { team: { id: "T9", enterprise_id: "E1" } }, true],
    ["a command", { team_id: "T9", enterprise_id: "E1" }, true],
    ["a workspace without an organisation", { team_id: "T9" }, false],
  ])("%s", (_, body, is) => {
    expect(isForUs(body, ORGANISATION)).toBe(is);
  });
});

describe("whose member somebody is", () => {
  it.each([
    ["of this workspace", { team_id: "T1" }, true],
    ["of a sister workspace", { team_id: "T2", enterprise_user: { enterprise_id: "E1" } }, true],
    ["of another organisation", { team_id: "T2", enterprise_user: { enterprise_id: "E2" } }, false],
    ["of a workspace without an organisation", { team_id: "T2" }, false],
  ])("%s", (_, member, is) => {
    expect(isOfUs(member, WORKSPACE)).toBe(is);
  });
});

it("a token is at home where auth.test says", () => {
  expect(homeOf({ team_id: "T1" })).toEqual({ team: "T1", isOrgWide: false });
  expect(homeOf({ enterprise_id: "E1", is_enterprise_install: true })).toEqual(ORGANISATION);
  expect(homeOf({ enterprise_id: "E1" })).toBeUndefined();
});
