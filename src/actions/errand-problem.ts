/** Why an errand of the command line is not done: one sentence a line, for the person who asked. */
export class ErrandProblem extends Error {
  override name = 'ErrandProblem';
}
