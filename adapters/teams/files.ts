import type { Download } from "#src/ports/download.ts";
import type { GivenFile } from "#src/ports/inbound.ts";
import type { AttachedFile } from "./spoken.ts";

/** Where Microsoft keeps the files of chats: OneDrive and SharePoint, public and government cloud. */
const HOSTS = [".sharepoint.com", ".sharepoint.us", ".sharepoint-df.com", ".svc.ms"];

export const isMicrosoft = ({ hostname, protocol, port }: URL): boolean =>
  protocol === "https:" && port === "" && HOSTS.some((host) => hostname.toLowerCase().endsWith(host));

/**
 * Fetches a file from its address as it stands, at once and without a token: whoever has the address may read it, for some minutes. The
 * address that Teams for iPhone sends leads to a page instead (OfficeDev/Microsoft-Teams-Samples, issue 1314).
 */
export const teamsFile = ({ url, ...file }: AttachedFile, download: Download | undefined): GivenFile => ({
  ...file,
  read: async () => {
    const fetched = await download?.({ url, isOurs: isMicrosoft });
    if (fetched === undefined) return { trouble: "unavailable" };
    if (!("trouble" in fetched)) return fetched;
    // The address is too old by now: sending the file anew makes another.
    return { trouble: fetched.trouble === "refused" ? "unavailable" : fetched.trouble };
  },
});
