// The periods for which results are shown. All of them end now, and begin at a midnight of the user's calendar.

/** Today · seven days with today · since the first of this month · since the first of this year · everything. */
export const RESULT_PERIODS = ['today', 'week', 'month', 'year', 'all'] as const;
export type ResultPeriod = (typeof RESULT_PERIODS)[number];
