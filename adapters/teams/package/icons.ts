import { pngOf, type Pixel } from "./png.ts";

type Colour = readonly [number, number, number];

const TEAL: Colour = [0x1f, 0x5f, 0x5b];
const PAPER: Colour = [0xf3, 0xed, 0xe2];
const PEACH: Colour = [0xe9, 0xb9, 0x8f];
const WHITE: Colour = [0xff, 0xff, 0xff];

/** Two circles that overlap, two people on one shift, on a grid of 32. */
const LEFT = { x: 12.4, y: 16 };
const RIGHT = { x: 19.6, y: 16 };
const RADIUS = 7;
/** Samples of a pixel's width: edges are smooth. */
const FINE = 8;

/** The store's icon: 192 × 192, full colour, the mark within the middle that no mask cuts. */
export const colourIcon = (): Buffer =>
  pngOf(192, (x, y) =>
    pixel(x, y, 192, (at) => {
      if (isRing(at, 1.8)) return PAPER;
      return inside(at, LEFT) && inside(at, RIGHT) ? PEACH : TEAL;
    }),
  );

/** The icon of the app bar: 32 × 32, white on nothing. The mark is larger here: nothing surrounds it. */
export const outlineIcon = (): Buffer =>
  pngOf(32, (x, y) =>
    pixel(x, y, 32, ({ x: across, y: down }) => {
      const at = { x: 16 + (across - 16) * 0.88, y: 16 + (down - 16) * 0.88 };
      return isRing(at, 1.9) ? WHITE : undefined;
    }),
  );

interface Point {
  readonly x: number;
  readonly y: number;
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const inside = (at: Point, circle: Point): boolean => distance(at, circle) <= RADIUS;
const isRing = (at: Point, stroke: number): boolean =>
  [LEFT, RIGHT].some((circle) => Math.abs(distance(at, circle) - RADIUS) <= stroke / 2);

/** The mean of a pixel's samples; where nothing is drawn, it is as clear as there are samples of nothing. */
function pixel(x: number, y: number, size: number, colourAt: (at: Point) => Colour | undefined): Pixel {
  const scale = 32 / size;
  const drawn: Colour[] = [];
  for (let i = 0; i < FINE * FINE; i += 1) {
    const at = {
      x: (x + ((i % FINE) + 0.5) / FINE) * scale,
      y: (y + (Math.floor(i / FINE) + 0.5) / FINE) * scale,
    };
    const colour = colourAt(at);
    if (colour !== undefined) drawn.push(colour);
  }
  if (drawn.length === 0) return [255, 255, 255, 0];
  const mean = (channel: 0 | 1 | 2): number =>
    Math.round(drawn.reduce((sum, colour) => sum + colour[channel], 0) / drawn.length);
  return [mean(0), mean(1), mean(2), Math.round((255 * drawn.length) / (FINE * FINE))];
}
