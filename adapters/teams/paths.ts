/** Where the Azure bot sends everything. */
export const MESSAGES_PATH = "/api/messages";
