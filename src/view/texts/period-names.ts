// The names of the periods for which results are shown.

import type { ResultPeriod } from '../../domain/pnl/periods.ts';
import type { MessageKey } from './translate.ts';

export const PERIOD_NAMES: Record<ResultPeriod, MessageKey> = {
  today: 'today',
  week: 'periodWeek',
  month: 'periodMonth',
  year: 'periodYear',
  all: 'periodAll',
};
