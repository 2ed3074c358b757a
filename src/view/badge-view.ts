// The toolbar as a pure value: text, look and tooltip, made from what is stored and nothing else.

import { type Freshness, freshness } from '../portfolio/freshness.ts';
import { formatChange, formatDollars, HIDDEN, type Micros } from '../portfolio/money.ts';
import { LOCKED, needsUser } from '../portfolio/outcome.ts';
import type { BadgeFigure, Settings } from '../portfolio/settings.ts';
import { type Figures, type Snapshot, total } from '../portfolio/snapshot.ts';
import { badgeText, changeText } from './badge-text.ts';
import type { Shown } from './displayed-account.ts';
import { inBrief } from './outcome-message.ts';
import { formatMoment, type Words } from './translate.ts';

/**
 * How the icon and the badge are drawn: `live` a true figure of now · `stale` a true figure of an earlier time ·
 * `attention` the user has to act or there is no figure · `locked` waits for the passphrase · `idle` nothing to show.
 */
export type BadgeLook = 'live' | 'stale' | 'attention' | 'locked' | 'idle';

export interface BadgeView {
  text: string;
  look: BadgeLook;
  /** Play money, to be told from real money by more than the tooltip. */
  demo: boolean;
  /** The tooltip: exact figures, their time, and the state in words. Made when it is asked for: it takes longest. */
  readonly title: string;
}

/** There was never a figure, and the latest poll failed. */
const NO_FIGURE = '!';
/** Nothing of today is known yet. */
const NOT_KNOWN = '–';
/** The first poll is under way. */
const UNDER_WAY = '…';

/** The toolbar when no account is connected. */
export function emptyBadge(words: Words): BadgeView {
  return {
    text: '',
    look: 'idle',
    demo: false,
    title: lines(words.say('extensionShortName'), words.say('tooltipNotConnected')),
  };
}

/** The toolbar when what is stored cannot be read, so that nobody knows what the figure is. */
export function brokenBadge(words: Words): BadgeView {
  return {
    text: NO_FIGURE,
    look: 'attention',
    demo: false,
    title: lines(words.say('extensionShortName'), words.say('tooltipUnreadable')),
  };
}

/** The toolbar for an account that waits for its passphrase: no amount, not even in the tooltip. */
function lockedBadge(shown: Shown, words: Words): BadgeView {
  return {
    text: HIDDEN,
    look: 'locked',
    demo: shown.environment === 'demo',
    title: lines(headingOf(shown, words), words.say(LOCKED.brief)),
  };
}

/** When it is looked at. */
export interface Moment {
  /** Unix milliseconds. */
  now: number;
  /** The local midnight before, unix milliseconds. */
  midnight: number;
}

/** The toolbar for an account, or several as one. */
export function badgeView(shown: Shown, settings: Settings, words: Words, moment: Moment): BadgeView {
  const { snapshot } = shown;
  if (shown.locked) return lockedBadge(shown, words);
  const fresh = freshness(snapshot, settings.periodSeconds * 1000, moment.now);
  return {
    text: textOf(shown, fresh, settings, moment),
    look: lookOf(snapshot, fresh),
    demo: shown.environment === 'demo',
    get title() {
      return titleOf(shown, fresh, settings, words, moment);
    },
  };
}

/** The amount behind a choice of the badge, micro-dollars; undefined where the choice is another. */
export function figureOf(figures: Figures, choice: BadgeFigure): Micros | undefined {
  switch (choice) {
    case 'cash':
      return figures.cash;
    case 'positions':
      return figures.positions;
    case 'total':
      return total(figures);
    default:
      return undefined;
  }
}

function textOf(shown: Shown, fresh: Freshness, settings: Settings, { midnight }: Moment): string {
  const { figures } = shown.snapshot;
  const { badgeFigure, hideAmounts } = settings;
  // Someone who wants no figure still wants to know that something needs them: the icon says that.
  if (badgeFigure === 'nothing') return '';
  if (!figures) return fresh === 'none' ? NO_FIGURE : UNDER_WAY;
  if (hideAmounts) return HIDDEN;
  if (badgeFigure === 'change') {
    const change = shown.changeSince(midnight);
    return change ? changeText(change.amount) : NOT_KNOWN;
  }
  const amount = figureOf(figures, badgeFigure);
  return amount === undefined ? '' : badgeText(amount);
}

function lookOf(snapshot: Snapshot, fresh: Freshness): BadgeLook {
  const { outcome } = snapshot;
  if (outcome && needsUser(outcome)) return 'attention';
  if (fresh === 'none') return 'attention';
  return fresh === 'waiting' ? 'idle' : fresh;
}

function titleOf(
  shown: Shown,
  fresh: Freshness,
  { hideAmounts }: Settings,
  words: Words,
  { now, midnight }: Moment,
): string {
  const { figures, outcome } = shown.snapshot;
  return lines(
    headingOf(shown, words),
    ...(figures
      ? hideAmounts
        ? [words.say('amountsHidden')]
        : amountsOf(shown, figures, words, midnight)
      : []),
    figures &&
      words.say(
        fresh === 'live' ? 'tooltipAsOf' : 'tooltipNotSince',
        formatMoment(figures.at, now, words.locale),
      ),
    !figures && fresh === 'waiting' && words.say('tooltipWaiting'),
    outcome && outcome.kind !== 'ok' && inBrief(outcome, words, now),
  );
}

function amountsOf(shown: Shown, figures: Figures, words: Words, midnight: number): string[] {
  const exact = (amount: Micros) => formatDollars(amount, words.locale, 'exact');
  const change = shown.changeSince(midnight);
  return [
    words.say('tooltipCash', exact(figures.cash)),
    words.say('tooltipPositions', exact(figures.positions)),
    words.say('tooltipTotal', exact(total(figures))),
    ...(change ? [words.say('tooltipToday', formatChange(change.amount, words.locale, 'exact'))] : []),
  ];
}

function headingOf({ name, environment }: Shown, words: Words): string {
  return environment === 'demo' ? `${name} — ${words.say('demoTag')}` : name;
}

function lines(...parts: (string | null | false | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}
