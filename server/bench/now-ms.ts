/** The same clock on every thread and in every process of the machine, finer than a millisecond. */
export const nowMs = () => performance.timeOrigin + performance.now();
