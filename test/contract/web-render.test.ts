import { renderCard } from "#adapters/web/render.ts";
import { readHtml } from "#test/support/web/html.ts";
import { renderContract } from "./render.ts";

renderContract("web", {
  render: renderCard,
  textsOf: (html) => readHtml(html).texts,
  actsOf: (html) =>
    readHtml(html).elements.flatMap(({ attributes }) =>
      attributes["data-act"] === undefined ? [] : [attributes["data-act"]],
    ),
  notificationOf: (html) =>
    readHtml(/<p class="visually-hidden notification">.*?<\/p>/s.exec(html)?.[0] ?? "").texts.join(""),
  check: (html) => readHtml(html).problems,
});
