/** Milliseconds that this thread has worked so far. What else the machine does meanwhile is not in them, unlike in time that passes. */
export function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
