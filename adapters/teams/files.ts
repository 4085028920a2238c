import type { Download } from "#src/ports/download.ts";
import type { GivenFile } from "#src/ports/inbound.ts";
import type { AttachedFile } from "./spoken.ts";

/** Where Microsoft keeps the files of chats: OneDrive and SharePoint, public and government cloud. */
const HOSTS = [".sharepoint.com", ".sharepoint.us", ".sharepoint-df.com", ".svc.ms"];

const isMicrosoft = ({ hostname, protocol, port }: URL): boolean =>
  protocol === "https:" && port === "" && HOSTS.some((host) => hostname.toLowerCase().endsWith(host));

/** Fetches a file from its address as it stands, at once and without a token: whoever has the address may read it. */
export const teamsFile = ({ name, url }: AttachedFile, download: Download | undefined): GivenFile => ({
  name,
  read: async () =>
    download === undefined ? { trouble: "unavailable" } : download({ url, isOurs: isMicrosoft }),
});
