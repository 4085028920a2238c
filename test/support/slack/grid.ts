import type { Json } from "./json.ts";
import type { Kind } from "./stand-in.ts";
import { BOT, TEAM, type StandInUser } from "./workspace.ts";

/** An organisation of several workspaces, one of which is ours. */
export const ORGANISATION = "E0HOSPITALS";
export const SISTER = "T0SISTER1";

/** `workspace`: Attune is installed in one workspace of the organisation. `organisation`: in all of them at once. */
export type Installed = "workspace" | "organisation";

/** What `auth.test` says besides, by how Attune is installed. */
export const authTest: Readonly<Record<Installed, Json>> = {
  workspace: { enterprise_id: ORGANISATION, is_enterprise_install: false },
  organisation: { team_id: ORGANISATION, enterprise_id: ORGANISATION, is_enterprise_install: true },
};

/** Somebody who is at home in the sister workspace. */
export const sister = (id: string, email?: string): StandInUser => ({
  id,
  team: SISTER,
  enterprise: ORGANISATION,
  ...(email === undefined ? {} : { email }),
});

const enterprise = { id: ORGANISATION, name: "Hospitals" };

/** A payload as Slack makes it when somebody of the sister workspace acts. */
export const onGrid =
  (installed: Installed) =>
  (kind: Kind, body: Json): Json => {
    const isOrgWide = installed === "organisation";
    switch (kind) {
      case "events_api":
        return {
          ...body,
          team_id: SISTER,
          enterprise_id: ORGANISATION,
          context_team_id: isOrgWide ? null : TEAM,
          context_enterprise_id: ORGANISATION,
          is_ext_shared_channel: false,
          authorizations: [
            {
              enterprise_id: ORGANISATION,
              team_id: isOrgWide ? null : TEAM,
              user_id: BOT.user,
              is_bot: true,
              is_enterprise_install: isOrgWide,
            },
          ],
        };
      case "interactive": {
        const { view, user } = body as { view?: Json; user: Json };
        return {
          ...body,
          team: isOrgWide ? null : { id: view === undefined ? TEAM : SISTER, enterprise_id: ORGANISATION },
          enterprise,
          is_enterprise_install: isOrgWide,
          user: { ...user, team_id: SISTER },
          ...(view === undefined
            ? {}
            : {
                view: { ...view, team_id: SISTER, app_installed_team_id: isOrgWide ? ORGANISATION : TEAM },
              }),
        };
      }
      case "slash_commands":
        return {
          ...body,
          team_id: isOrgWide ? SISTER : TEAM,
          enterprise_id: ORGANISATION,
          enterprise_name: "Hospitals",
          is_enterprise_install: String(isOrgWide),
        };
      default:
        return kind satisfies never;
    }
  };
