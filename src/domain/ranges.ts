// The ranges of time for which the chart and the results are shown. All of them end now, and begin at a local midnight.

/** Today · 7 days with today · 30 days before today · since January 1 · 365 days before today · everything. */
export const RANGES = ['1D', '1W', '1M', 'YTD', '1Y', 'all'] as const;
export type Range = (typeof RANGES)[number];
