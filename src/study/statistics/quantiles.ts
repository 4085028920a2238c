/** The point that a standard normal value is below with 97.5 %: two-sided limits of 95 %. */
export const NORMAL_975 = 1.959_963_984_540_054;

/** Two-sided limits of 95 %. */
export const UPPER = 0.975;

/**
 * The value that an F distributed one is below with this probability. Degrees of freedom need not be whole (Satterthwaite). It is looked
 * for by halving, since the distribution only grows; it agrees with R's qf to nine digits.
 */
export function fQuantile(probability: number, one: number, other: number): number {
  const isBelow = (f: number): boolean =>
    incompleteBeta(one / 2, other / 2, (one * f) / (one * f + other)) < probability;
  let high = 1;
  while (isBelow(high) && high < 1e12) high *= 2;
  let low = 0;
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The same for Student's t, for probabilities above a half: its square is F distributed with one degree of freedom. */
export const tQuantile = (probability: number, freedom: number): number =>
  Math.sqrt(fQuantile(2 * probability - 1, 1, freedom));

/** The regularised incomplete beta function, by its continued fraction (Abramowitz & Stegun 1964, 26.5.8) after Lentz. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  const away = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** The logarithm of the gamma function: Lanczos' series with g = 7 and nine terms (Godfrey 2001), right to 15 digits. */
function logGamma(value: number): number {
  const x = value - 1;
  const series = LANCZOS.reduce((sum, term, place) => sum + (place === 0 ? term : term / (x + place)), 0);
  const t = x + 7.5;
  return Math.log(Math.sqrt(2 * Math.PI)) + (x + 0.5) * Math.log(t) - t + Math.log(series);
}

const LANCZOS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
];
