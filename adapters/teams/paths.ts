/** The path to which the Azure bot sends all requests. */
export const MESSAGES_PATH = "/api/messages";
