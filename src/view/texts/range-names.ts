// The names of the ranges of time of the chart and the results.

import type { Range } from '../../domain/ranges.ts';
import type { MessageKey } from './translate.ts';

/** On a button, and in a sentence or as a label. */
export const RANGE_NAMES: Record<Range, { short: MessageKey; long: MessageKey }> = {
  '1D': { short: 'range1D', long: 'today' },
  '1W': { short: 'range1W', long: 'range1WLong' },
  '1M': { short: 'range1M', long: 'range1MLong' },
  YTD: { short: 'rangeYTD', long: 'rangeYTDLong' },
  '1Y': { short: 'range1Y', long: 'range1YLong' },
  all: { short: 'rangeAll', long: 'rangeAllLong' },
};
