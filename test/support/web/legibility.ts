/// <reference lib="dom" />
// These run inside the page, so each stands alone.

/** Texts in sight whose contrast against their ground is below 4.5 : 1 (WCAG 1.4.3), with the ratio. */
export function faintTexts(): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  canvas.canvas.width = 1;
  canvas.canvas.height = 1;
  const over = (colours: readonly string[]): readonly number[] => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = (element: Element | null): readonly string[] =>
    element === null ? [] : [...grounds(element.parentElement), getComputedStyle(element).backgroundColor];

  const found: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent?.trim() !== "",
    );
    const box = element.getBoundingClientRect();
    if (
      !own ||
      !element.checkVisibility() ||
      box.width < 2 ||
      element.closest("svg, option, .visually-hidden") !== null
    )
      continue;
    const ground = grounds(element);
    const [a, b] = [light(over(ground)), light(over([...ground, getComputedStyle(element).color]))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(1)} ${element.textContent?.trim().slice(0, 40)}`);
  }
  return found;
}

/** Controls in sight that are lower or narrower than 44 pixels. */
export function smallTargets(): string[] {
  return [...document.querySelectorAll("button, a, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.matches(".skip"))
    .flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return Math.min(width, height) < 43.5
        ? [`${name.trim().slice(0, 24)} ${Math.round(width)}×${Math.round(height)}`]
        : [];
    });
}
