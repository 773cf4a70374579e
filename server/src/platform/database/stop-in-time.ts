const LONGEST_MS = 8000;

/**
 * Waits for the last work of a module when the server stops, but not for ever: a statement that went into a dead line may never be
 * answered. What it would have stored is then as lost as after a power cut.
 */
export async function stopInTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, LONGEST_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
