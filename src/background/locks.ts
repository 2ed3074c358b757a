// The names of the locks that more than one file takes.

/** Held while the list of accounts, or anything that must agree with it, is read and written. */
export const ACCOUNTS_LOCK = 'accounts';
