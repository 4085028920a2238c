/** The playground's HTTP interface as a page uses it that a running process served. */
export interface Page {
  post(path: string, body: object): Promise<{ readonly status: number; readonly body: Said }>;
}

/** What the interface answers: messages, or why not. */
export interface Said {
  readonly refused?: string;
  readonly text?: string;
}

/** Opens the page, and keeps what proves it. */
export async function openPage(url: string): Promise<Page> {
  const html = await (await fetch(url)).text();
  const token = /name="attune-token" content="([^"]+)"/.exec(html)![1]!;
  return {
    async post(path, body) {
      const answer = await fetch(`${url}${path}?lang=en`, {
        method: "POST",
        headers: { origin: url, "content-type": "application/json", "x-attune-token": token },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Said };
    },
  };
}
