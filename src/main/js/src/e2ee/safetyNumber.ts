/**
 * Stands for who is in a room. Members who see the same one, in each other's presence or on a line that the server has
 * no part in, have the keys of the same people.
 */
export interface SafetyNumber {
  /** 60 digits. */
  readonly digits: string;
  /** Seven emoji: a quick look, not a proof. */
  readonly signs: readonly string[];
  /** The digits in twelve groups of five, with a space between them. */
  readonly grouped: string;
}
