/** A command that was typed in a way that it does not have: exit status 2, with how it is used. */
export class UsedWrongly extends Error {
  override name = 'UsedWrongly';
}
