/**
 * A start that a person can mend: a port in use, a wrong address, a data directory of a newer version.
 * `main` prints its one line, Chinese then English, and exits with 1; no stack.
 */
export class StartupError extends Error {
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh} / ${en}`, options);
    this.name = 'StartupError';
  }
}
