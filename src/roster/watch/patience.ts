/** Waits for some work, but no longer than this many milliseconds; the work goes on. Without a number, until its end. */
export async function noLongerThan(milliseconds: number | undefined, work: Promise<unknown>): Promise<void> {
  if (milliseconds === undefined) return void (await work);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, over]);
  clearTimeout(timer);
}
