// The buttons of the ranges of time.

import { i18n } from '../../../browser/i18n.ts';
import type { Range } from '../../../domain/ranges.ts';
import { RANGE_NAMES } from '../../../view/texts/range-names.ts';
import './chart.css';

interface Props {
  /** Of the group, for screen readers. */
  name: string;
  ranges: readonly Range[];
  chosen: Range;
  onChoose: (range: Range) => void;
}

export function RangeButtons({ name, ranges, chosen, onChoose }: Props) {
  return (
    <fieldset class="ranges">
      <legend class="sr">{name}</legend>
      {ranges.map((range) => {
        const { short, long } = RANGE_NAMES[range];
        return (
          <button
            key={range}
            type="button"
            aria-pressed={range === chosen}
            aria-label={`${i18n.message(short)}: ${i18n.message(long)}`}
            onClick={() => onChoose(range)}
          >
            {i18n.message(short)}
          </button>
        );
      })}
    </fieldset>
  );
}
