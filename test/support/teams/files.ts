import type { Office } from "./office.ts";

interface Attachment {
  readonly contentType: string;
  readonly name: string;
  readonly contentUrl?: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export const attachmentsIn = (body: Readonly<Record<string, unknown>>): readonly Attachment[] =>
  (body["attachments"] ?? []) as readonly Attachment[];

/** The question whether to take a file, if a message is one. */
export const consentIn = (body: Readonly<Record<string, unknown>>): Attachment | undefined =>
  attachmentsIn(body).find(({ contentType }) => contentType.endsWith("file.consent"));

/** Where Teams makes room for a file that somebody takes. */
const DRIVE = "https://lakeside-my.sharepoint.com/personal";

/** What Teams sends when somebody takes a file, or does not. */
export function taking(
  teams: Office,
  who: string,
  message: string,
  { name, content }: Attachment,
  { action = "accept", drive = DRIVE } = {},
): object {
  const file = `${drive}/${who}/${encodeURIComponent(name)}`;
  return teams.activity(who, {
    type: "invoke",
    name: "fileConsent/invoke",
    text: undefined,
    replyToId: message,
    value: {
      type: "fileUpload",
      action,
      context: content[action === "accept" ? "acceptContext" : "declineContext"],
      ...(action === "accept"
        ? {
            uploadInfo: {
              contentUrl: file,
              name,
              uploadUrl: `${file}?upload`,
              uniqueId: "1150D938-8870-4044-9F2C-5BBDEBA70C9D",
              fileType: "csv",
            },
          }
        : {}),
    },
  });
}

/** Where Teams has kept what somebody attached. */
export const KEPT_AT = "https://lakeside.sharepoint.com/personal/x?tempauth=1";

/** What Teams sends when somebody attaches a file to a message, or several. */
export const fileGiven = (
  teams: Office,
  who: string,
  names: string | readonly string[],
  downloadUrl = KEPT_AT,
): object =>
  teams.activity(who, {
    text: "",
    attachments: [names].flat().map((name) => ({
      contentType: "application/vnd.microsoft.teams.file.download.info",
      name,
      content: { downloadUrl, uniqueId: "1", fileType: name.split(".").at(-1) },
    })),
  });
