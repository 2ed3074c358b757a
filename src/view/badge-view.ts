// The toolbar as a pure value: text, look and tooltip, made from what is stored and nothing else.

import { type Freshness, freshness } from '../portfolio/freshness.ts';
import { formatChange, formatDollars, HIDDEN, type Micros } from '../portfolio/money.ts';
import { LOCKED, requiresAction } from '../portfolio/outcome.ts';
import type { BadgeFigure, Settings } from '../portfolio/settings.ts';
import { type Figures, type Snapshot, total } from '../portfolio/snapshot.ts';
import { badgeText, changeText } from './badge-text.ts';
import type { DisplayedAccount } from './displayed-account.ts';
import { outcomeTooltip } from './outcome-message.ts';
import { formatMoment, type I18n } from './translate.ts';

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
export function emptyBadge(i18n: I18n): BadgeView {
  return {
    text: '',
    look: 'idle',
    demo: false,
    title: lines(i18n.say('extensionShortName'), i18n.say('tooltipNotConnected')),
  };
}

/** The toolbar when what is stored cannot be read, so that nobody knows what the figure is. */
export function brokenBadge(i18n: I18n): BadgeView {
  return {
    text: NO_FIGURE,
    look: 'attention',
    demo: false,
    title: lines(i18n.say('extensionShortName'), i18n.say('tooltipUnreadable')),
  };
}

/** The toolbar for an account that waits for its passphrase: no amount, not even in the tooltip. */
function lockedBadge(shown: DisplayedAccount, i18n: I18n): BadgeView {
  return {
    text: HIDDEN,
    look: 'locked',
    demo: shown.environment === 'demo',
    title: lines(headingOf(shown, i18n), i18n.say(LOCKED.brief)),
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
export function badgeView(
  shown: DisplayedAccount,
  settings: Settings,
  i18n: I18n,
  moment: Moment,
): BadgeView {
  const { snapshot } = shown;
  if (shown.locked) return lockedBadge(shown, i18n);
  const fresh = freshness(snapshot, settings.periodSeconds * 1000, moment.now);
  return {
    text: textOf(shown, fresh, settings, moment),
    look: lookOf(snapshot, fresh),
    demo: shown.environment === 'demo',
    get title() {
      return titleOf(shown, fresh, settings, i18n, moment);
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

function textOf(shown: DisplayedAccount, fresh: Freshness, settings: Settings, { midnight }: Moment): string {
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
  if (outcome && requiresAction(outcome)) return 'attention';
  if (fresh === 'none') return 'attention';
  return fresh === 'waiting' ? 'idle' : fresh;
}

function titleOf(
  shown: DisplayedAccount,
  fresh: Freshness,
  { hideAmounts }: Settings,
  i18n: I18n,
  { now, midnight }: Moment,
): string {
  const { figures, outcome } = shown.snapshot;
  return lines(
    headingOf(shown, i18n),
    ...(figures
      ? hideAmounts
        ? [i18n.say('amountsHidden')]
        : amountsOf(shown, figures, i18n, midnight)
      : []),
    figures &&
      i18n.say(
        fresh === 'live' ? 'tooltipAsOf' : 'tooltipNotSince',
        formatMoment(figures.at, now, i18n.locale),
      ),
    !figures && fresh === 'waiting' && i18n.say('tooltipWaiting'),
    outcome && outcome.kind !== 'ok' && outcomeTooltip(outcome, i18n, now),
  );
}

function amountsOf(shown: DisplayedAccount, figures: Figures, i18n: I18n, midnight: number): string[] {
  const exact = (amount: Micros) => formatDollars(amount, i18n.locale, 'exact');
  const change = shown.changeSince(midnight);
  return [
    i18n.say('tooltipCash', exact(figures.cash)),
    i18n.say('tooltipPositions', exact(figures.positions)),
    i18n.say('tooltipTotal', exact(total(figures))),
    ...(change ? [i18n.say('tooltipToday', formatChange(change.amount, i18n.locale, 'exact'))] : []),
  ];
}

function headingOf({ name, environment }: DisplayedAccount, i18n: I18n): string {
  return environment === 'demo' ? `${name} — ${i18n.say('demoTag')}` : name;
}

function lines(...parts: (string | null | false | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}
