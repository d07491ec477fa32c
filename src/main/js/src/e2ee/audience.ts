/** Whom a chain of message keys is for, as an {@link Envelope} spells it. */
export const AUDIENCE = {
  /** Every verified member of the room. */
  ROOM: 1,
  /** One member alone. */
  ONE_MEMBER: 2,
} as const;

export type Audience = (typeof AUDIENCE)[keyof typeof AUDIENCE];

export function isAudience(code: number): code is Audience {
  return code === AUDIENCE.ROOM || code === AUDIENCE.ONE_MEMBER;
}
