/** How Attune joins a workspace; the process reads it from the environment. */
export interface SlackSettings {
  readonly botToken: string;
  readonly way:
    | { readonly mode: "socket"; readonly appToken: string }
    | { readonly mode: "http"; readonly signingSecret: string };
  /** Another address of the Web API; Slack's own when absent. */
  readonly apiUrl?: string;
}
