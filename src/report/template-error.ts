/** A template that cannot be used: where, what is wrong, what is allowed. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly file: string;
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, what: string, options?: ErrorOptions) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${what}`, options);
    this.file = file;
    this.line = line;
  }
}
