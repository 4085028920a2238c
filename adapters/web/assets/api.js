// How the page talks to Attune: JSON out, JSON back, with the token of the process that served it.

const token = document.querySelector('meta[name="attune-token"]').content;

export const lang = document.documentElement.lang;
export const texts = JSON.parse(document.body.dataset.texts);
export const names = JSON.parse(document.body.dataset.names);

export const fill = (text, values) => text.replaceAll(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

/** Resolves to what was answered, with `ok`; a request that got no answer resolves to `{ ok: false, lost: true }`. */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-attune-token": token, "accept-language": lang },
      body: JSON.stringify(body),
    });
    return { ...(await response.json()), ok: response.ok };
  } catch {
    return { ok: false, lost: true, text: texts.trouble.unsent };
  }
}

/** A new key for one thing that a person did: the same deed is never taken twice. */
export const newEvent = () => crypto.randomUUID();

export async function read(path, query) {
  const response = await fetch(`${path}?${new URLSearchParams({ ...query, lang })}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}
