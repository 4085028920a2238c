import { z } from "zod";

/** Where Attune is installed: in one workspace, or for all of an Enterprise Grid organisation. */
export interface Home {
  /** The workspace; of an installation for an organisation, the organisation's own id where Slack names no other. */
  readonly team: string;
  /** The organisation that the workspace belongs to. */
  readonly enterprise?: string;
  /** Whether one installation serves all workspaces of the organisation. */
  readonly isOrgWide?: boolean;
}

const id = z.string().nullish().catch(undefined);
const named = z.object({ id, enterprise_id: id }).nullish().catch(undefined);
const authorization = z.object({ team_id: id, enterprise_id: id });

/** The workspaces and organisations that a payload names, wherever its kind has them. */
const origin = z.object({
  team_id: id,
  enterprise_id: id,
  team: named,
  enterprise: named,
  user: z.object({ team_id: id }).nullish().catch(undefined),
  view: z.object({ app_installed_team_id: id }).nullish().catch(undefined),
  authorizations: z.array(authorization).nullish().catch(undefined),
});

/**
 * Whether a verified payload is for this installation, as Bolt's own authorisation finds it: on Grid the outer workspace is
 * that of whoever acts, and `authorizations` (of events) or `app_installed_team_id` (of views) name the installation.
 */
export function isForUs(body: unknown, home: Home): boolean {
  const from = origin.safeParse(body).data;
  if (from === undefined) return false;
  const { authorizations, enterprise, team } = from;
  const isNamed = authorizations !== undefined && authorizations !== null && authorizations.length > 0;
  if (home.isOrgWide === true) {
    const organisations = isNamed
      ? authorizations.map((one) => one.enterprise_id)
      : [from.enterprise_id ?? enterprise?.id ?? team?.enterprise_id];
    return home.enterprise !== undefined && organisations.includes(home.enterprise);
  }
  // Without an organisation there are no sister workspaces: then every team that is named has to be ours.
  const mayBeSister = home.enterprise !== undefined || from.team_id === home.team;
  if (isNamed) return mayBeSister && authorizations.some((one) => one.team_id === home.team);
  const installed = from.view?.app_installed_team_id;
  return (installed ?? from.team_id ?? team?.id ?? from.user?.team_id) === home.team;
}

/** What Slack says of a member's home. */
export interface MemberHome {
  readonly team_id?: string | undefined;
  readonly enterprise_user?: { readonly enterprise_id?: string | undefined } | undefined;
}

/** Whether somebody is of this workspace or its organisation, and not of one that shares a channel with it. */
export const isOfUs = (
  { team_id: team, enterprise_user: user }: MemberHome,
  home: Home | undefined,
): boolean =>
  home === undefined ||
  team === undefined ||
  team === home.team ||
  (home.enterprise !== undefined && [user?.enterprise_id, team].includes(home.enterprise));

/** Where a bot token is at home, by `auth.test`; undefined for a token that is no bot's. */
export function homeOf(answer: {
  readonly team_id?: string | undefined;
  readonly enterprise_id?: string | undefined;
  readonly is_enterprise_install?: boolean | undefined;
}): Home | undefined {
  const { team_id: team, enterprise_id: enterprise, is_enterprise_install: isOrgWide = false } = answer;
  const place = team ?? (isOrgWide ? enterprise : undefined);
  if (place === undefined) return undefined;
  return { team: place, isOrgWide, ...(enterprise === undefined ? {} : { enterprise }) };
}
