// The toolbar as a value: text, look and tooltip.

import type { BadgeFigure, Settings } from '../../domain/accounts/settings.ts';
import type { Change, DailyChange } from '../../domain/balance/daily-change.ts';
import { type Figures, type Snapshot, total } from '../../domain/balance/snapshot.ts';
import type { Moment } from '../../domain/calendar.ts';
import { settlingOn } from '../../domain/holdings/summary.ts';
import { DOLLAR, type Micros } from '../../domain/money.ts';
import { type Freshness, freshness, isFromFuture } from '../../domain/polling/freshness.ts';
import { requiresAction } from '../../domain/polling/outcome.ts';
import { shareOf } from '../../domain/share.ts';
import type { DisplayedAccount } from '../displayed-account.ts';
import { changeQualifiers, changeShare } from '../texts/change-text.ts';
import { formatChange, formatDollars, HIDDEN, isFlat } from '../texts/format-money.ts';
import { outcomeTooltip } from '../texts/outcome-message.ts';
import { formatMoment, type I18n } from '../texts/translate.ts';
import { badgeText, changeText, shareText } from './badge-text.ts';

/**
 * The look of icon and badge: `live` up to date · `stale` out of date · `attention` the user has to act, or there is no
 * figure · `hidden` up to date, and amounts are hidden · `locked` the passphrase is needed · `idle` nothing to show.
 */
export type BadgeLook = 'live' | 'stale' | 'attention' | 'hidden' | 'locked' | 'idle';

/** Which way a change goes; `flat`: less than a cent. */
export type Direction = 'up' | 'down' | 'flat';

export interface BadgeView {
  text: string;
  look: BadgeLook;
  /** Of the change on the badge, whose text has no sign; null if it shows no change. */
  direction: Direction | null;
  /** Demo money, which has its own colour. */
  demo: boolean;
  /** The tooltip: exact figures, their time, and the state. Computed on access: it takes longest. */
  readonly title: string;
}

/** There are no figures yet, and the latest poll failed. */
const NO_FIGURE = '!';
/** There is no data for today yet. */
const NOT_KNOWN = '–';
/** The first poll is under way. */
const UNDER_WAY = '…';

/** The toolbar when no account is connected. */
export function emptyBadge(i18n: I18n): BadgeView {
  return {
    text: '',
    look: 'idle',
    direction: null,
    demo: false,
    title: lines(i18n.message('extensionShortName'), i18n.message('tooltipNotConnected')),
  };
}

/** The toolbar if the stored state cannot be read. */
export function brokenBadge(i18n: I18n): BadgeView {
  return {
    text: NO_FIGURE,
    look: 'attention',
    direction: null,
    demo: false,
    title: lines(i18n.message('extensionShortName'), i18n.message('tooltipUnreadable')),
  };
}

/** The toolbar for a locked account: no amount, not even in the tooltip. */
function lockedBadge(shown: DisplayedAccount, i18n: I18n): BadgeView {
  return {
    text: HIDDEN,
    look: 'locked',
    direction: null,
    demo: shown.environment === 'demo',
    title: lines(headingOf(shown, i18n), i18n.message('tooltipLocked')),
  };
}

/** The toolbar for an account, or several combined. */
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
    ...contentOf(shown, fresh, settings, moment),
    look: lookOf(snapshot, fresh, settings),
    demo: shown.environment === 'demo',
    get title() {
      return titleOf(shown, fresh, settings, i18n, moment);
    },
  };
}

/** The amount for a badge setting, micro-dollars; undefined for the other settings. */
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

function contentOf(
  shown: DisplayedAccount,
  fresh: Freshness,
  { badgeFigure, hideAmounts }: Settings,
  { midnight }: Moment,
): Pick<BadgeView, 'text' | 'direction'> {
  const { figures } = shown.snapshot;
  const only = (text: string) => ({ text, direction: null });
  // Without a figure, the icon still shows whether the user has to act.
  if (badgeFigure === 'nothing') return only('');
  if (!figures) return only(fresh === 'none' ? NO_FIGURE : UNDER_WAY);
  if (hideAmounts) return only(HIDDEN);
  if (badgeFigure === 'change' || badgeFigure === 'change-percent')
    return changeContent(shown.changeSince(midnight), badgeFigure) ?? only(NOT_KNOWN);
  if (badgeFigure === 'settling') {
    return only(
      shown.sums?.readAt ? badgeText(countAsAmount(settlingOn(midnight, shown.sums.settling))) : NOT_KNOWN,
    );
  }
  const amount = figureOf(figures, badgeFigure);
  return only(amount === undefined ? '' : badgeText(amount));
}

/** A count in the bands of amounts, e.g. `7`, `1.2k`. */
function countAsAmount(count: number): Micros {
  return (count * DOLLAR) as Micros;
}

/** @returns undefined without data for today, or for the percentage of nothing */
function changeContent(
  change: DailyChange,
  unit: 'change' | 'change-percent',
): Pick<BadgeView, 'text' | 'direction'> | undefined {
  if (!change || change === 'unconfirmed') return undefined;
  const { amount } = change;
  const share = shareOf(change);
  if (isFlat(amount)) return { text: '0', direction: 'flat' };
  const direction = amount > 0 ? 'up' : 'down';
  if (unit === 'change') return { text: changeText(amount), direction };
  return share === null ? undefined : { text: share === 0 ? '<.1' : shareText(share), direction };
}

function lookOf({ outcome, figures }: Snapshot, fresh: Freshness, settings: Settings): BadgeLook {
  if (outcome && requiresAction(outcome)) return 'attention';
  if (fresh === 'none') return 'attention';
  if (fresh === 'live' && figures && settings.hideAmounts && settings.badgeFigure !== 'nothing')
    return 'hidden';
  return fresh === 'waiting' ? 'idle' : fresh;
}

function titleOf(
  shown: DisplayedAccount,
  fresh: Freshness,
  { hideAmounts, periodSeconds }: Settings,
  i18n: I18n,
  moment: Moment,
): string {
  const { now } = moment;
  const { figures, outcome } = shown.snapshot;
  return lines(
    headingOf(shown, i18n),
    ...(figures
      ? hideAmounts
        ? [i18n.message('amountsHidden')]
        : amountsOf(shown, figures, i18n, moment)
      : []),
    figures &&
      i18n.message(
        fresh === 'live' ? 'tooltipAsOf' : 'tooltipNotSince',
        formatMoment(figures.at, now, i18n.locale),
      ),
    isFromFuture(figures, periodSeconds * 1000, now) && i18n.message('clockSetBack'),
    !figures && fresh === 'waiting' && i18n.message('tooltipWaiting'),
    outcome && outcome.kind !== 'ok' && outcomeTooltip(outcome, i18n, now),
  );
}

function amountsOf(
  shown: DisplayedAccount,
  figures: Figures,
  i18n: I18n,
  { now, midnight }: Moment,
): string[] {
  const exact = (amount: Micros) => formatDollars(amount, i18n.locale, 'exact');
  const change = shown.changeSince(midnight);
  return [
    i18n.message('tooltipCash', exact(figures.cash)),
    i18n.message('tooltipPositions', exact(figures.positions)),
    ...(figures.perps === undefined ? [] : [i18n.message('tooltipPerps', exact(figures.perps))]),
    i18n.message('tooltipTotal', exact(total(figures))),
    ...(change === null ? [] : [todayOf(change, i18n, now)]),
  ];
}

function todayOf(change: Change | 'unconfirmed', i18n: I18n, now: number): string {
  if (change === 'unconfirmed') return i18n.message('tooltipTodayUnconfirmed');
  const amount = formatChange(change.amount, i18n.locale, 'exact');
  const text = [amount, changeShare(change, i18n)].filter(Boolean).join(' ');
  return i18n.message('tooltipToday', [text, changeQualifiers(change, i18n, now)].filter(Boolean).join(', '));
}

function headingOf({ name, environment }: DisplayedAccount, i18n: I18n): string {
  return environment === 'demo' ? `${name} — ${i18n.message('demoTag')}` : name;
}

function lines(...parts: (string | null | false | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}
