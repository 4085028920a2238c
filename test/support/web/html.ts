/** HTML as far as a test has to read it: elements with their attributes, and text as it would be shown. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReadHtml {
  readonly elements: readonly Element[];
  /** Text between tags, and what attributes show: a field's placeholder. */
  readonly texts: readonly string[];
  /** What is wrong with it: a tag that nothing closes, one of a kind that no card has, an attribute that runs. */
  readonly problems: readonly string[];
}

const VOID = new Set(["hr", "br", "rect", "circle", "path", "line"]);
const TAGS = new Set(
  "a article b blockquote br button circle dd details div dl dt figcaption figure form g h3 header hr i label li line ol p path rect section span summary svg table tbody td text textarea th thead time tr ul".split(
    " ",
  ),
);
const ATTRIBUTES =
  /^(class|lang|type|role|name|rows|placeholder|autocomplete|novalidate|viewbox|focusable|d|cx|cy|r|x|y|width|height|rx|scope|datetime|tabindex|data-[a-z]+|aria-[a-z]+)$/;

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text as a browser shows it. */
export const unescapeHtml = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|([a-z]+));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (NAMED[name ?? ""] ?? whole) : String.fromCodePoint(Number(code)),
  );

/** Reads HTML strictly: what a browser would mend counts as a problem. */
export function readHtml(html: string): ReadHtml {
  const elements: Element[] = [];
  const texts: string[] = [];
  const problems: string[] = [];
  const open: string[] = [];
  const tags = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*(?:="[^"<]*")?)*)\s*(\/?)>/giy;
  let at = 0;
  while (at < html.length) {
    if (html[at] !== "<") {
      const end = html.indexOf("<", at);
      const text = html.slice(at, end === -1 ? undefined : end);
      if (/&(?!(?:#\d+|amp|lt|gt|quot|apos);)/.test(text)) problems.push("an ampersand that stands alone");
      if (text.includes(">")) problems.push("a > in text");
      texts.push(unescapeHtml(text));
      at += text.length;
      continue;
    }
    tags.lastIndex = at;
    const [whole = "", closes, name = "", given = "", alone] = tags.exec(html) ?? [];
    if (whole === "")
      return { elements, texts, problems: [...problems, `no tag at ${html.slice(at, at + 40)}`] };
    at += whole.length;
    const tag = name.toLowerCase();
    if (closes === "/") {
      if (open.pop() !== tag) problems.push(`</${tag}> closes nothing`);
      continue;
    }
    if (!TAGS.has(tag)) problems.push(`<${tag}> has no place in a card`);
    const attributes = attributesIn(given);
    for (const attribute of Object.keys(attributes))
      if (!ATTRIBUTES.test(attribute)) problems.push(`${attribute} has no place in a card`);
    elements.push({ tag, attributes });
    // An empty field shows its placeholder.
    if (tag === "textarea" && html.startsWith("</textarea>", at)) texts.push(attributes["placeholder"] ?? "");
    if (alone !== "/" && !VOID.has(tag)) open.push(tag);
  }
  if (open.length > 0) problems.push(`nothing closes <${open.join("> <")}>`);
  return { elements, texts, problems };
}

function attributesIn(given: string): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  for (const [, name = "", value = ""] of given.matchAll(/([a-z][a-z-]*)(?:="([^"]*)")?/gi))
    found.push([name.toLowerCase(), unescapeHtml(value)]);
  return Object.fromEntries(found);
}
