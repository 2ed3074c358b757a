// The names of the locks that more than one file takes. Where several are held, they are taken in this order.

/** Held while the exchange is asked with a key: one request at a time, whoever asks, across the background and its successor. */
export const keyLock = (keyId: string) => `key ${keyId}`;

/** Held while the tries of the last minute are counted. */
export const KEY_CHECKS_LOCK = 'tries';

/** Held while the list of accounts, or anything that must agree with it, is read and written. */
export const ACCOUNTS_LOCK = 'accounts';
