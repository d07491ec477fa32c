/** Returns a certificate for localhost that nobody has signed, and its key; always the same. */
export function certificate(): { pfx: Buffer; passphrase: string };
