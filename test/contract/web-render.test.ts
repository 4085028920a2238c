import { expect, it } from "vitest";
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

// domain: A picture is always in words beside it
it("draws a chart with a gap where it has one, hidden from screen readers, and a table that has all of it", () => {
  const at = (value: number, text: string) => ({ value, text });
  const chart = {
    type: "chart",
    title: "Help",
    points: [{ label: "Dec 1" }, { label: "Dec 2" }, { label: "Dec 3" }],
    series: [{ name: "Wanted", values: [at(1, "watches"), undefined, at(4, "alone")] }],
    scale: [at(1, "watches"), at(4, "alone")],
  } as const;

  const { payload } = renderCard({ locale: "en", notification: "x", blocks: [chart] });

  const [, picture = "", table = ""] = /(<svg class="chart-picture".*?<\/svg>).*(<table>.*<\/table>)/su.exec(
    payload,
  )!;
  expect(readHtml(picture).elements[0]!.attributes["aria-hidden"]).toBe("true");
  expect(picture).toContain('class="stroke" d="M53.2 46M286 12"');
  expect(readHtml(table).texts).toEqual(["Wanted", "Dec 1", "watches", "Dec 2", "–", "Dec 3", "alone"]);
});
