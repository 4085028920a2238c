import fc from "fast-check";

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const days = fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1, maxLength: 4 });
const interval = fc.option(fc.integer({ min: 1, max: 5 }));
const months = fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }));
const part = (name: string, value: number | string | readonly (number | string)[] | null) =>
  value === null ? [] : [`${name}=${[value].flat().join(",")}`];

/** Rules as calendars write them for duty: daily, weekly, monthly by date or weekday, yearly. */
export const randomRule = fc.oneof(
  fc
    .record({ interval, months, days: fc.option(days) })
    .map((one) => [
      "FREQ=DAILY",
      ...part("INTERVAL", one.interval),
      ...part("BYMONTH", one.months),
      ...part("BYDAY", one.days),
    ]),
  fc
    .record({ interval, days: fc.option(days), wkst: fc.option(fc.constantFrom("MO", "SU")) })
    .map((one) => [
      "FREQ=WEEKLY",
      ...part("INTERVAL", one.interval),
      ...part("BYDAY", one.days),
      ...part("WKST", one.wkst),
    ]),
  fc
    .record({
      interval,
      dates: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 }),
    })
    .map((one) => ["FREQ=MONTHLY", ...part("INTERVAL", one.interval), ...part("BYMONTHDAY", one.dates)]),
  fc
    .record({ interval, nth: fc.constantFrom(1, 2, 3, 4, -1, -2), day: fc.constantFrom(...DAYS) })
    .map((one) => ["FREQ=MONTHLY", ...part("INTERVAL", one.interval), `BYDAY=${one.nth}${one.day}`]),
  fc
    .record({ days, nth: fc.constantFrom(1, 2, -1) })
    .map((one) => ["FREQ=MONTHLY", `BYDAY=${one.days.join(",")}`, `BYSETPOS=${one.nth}`]),
  fc
    .record({ month: fc.integer({ min: 1, max: 12 }), date: fc.integer({ min: 1, max: 28 }) })
    .map((one) => ["FREQ=YEARLY", `BYMONTH=${one.month}`, `BYMONTHDAY=${one.date}`]),
);
