// Each state has its own icon, drawn for both browsers.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { badgeColour, iconPath } from '../../../../src/view/badge/badge-look.ts';

const [INK, GREY, AMBER, DEMO, GREEN, RED] = [
  '#263445',
  '#66707d',
  '#8a5a00',
  '#6d3fc4',
  '#0a7a4b',
  '#b3341f',
] as const;

test.each([
  ['live', null, 'live', INK, 'demo', DEMO],
  ['live', 'up', 'up', GREEN, 'up', DEMO],
  ['live', 'down', 'down', RED, 'down', DEMO],
  ['live', 'flat', 'flat', INK, 'flat', DEMO],
  ['stale', null, 'stale', GREY, 'stale', GREY],
  ['stale', 'up', 'stale-up', GREY, 'stale-up', GREY],
  ['stale', 'down', 'stale-down', GREY, 'stale-down', GREY],
  ['stale', 'flat', 'stale-flat', GREY, 'stale-flat', GREY],
  ['attention', null, 'attention', AMBER, 'attention', AMBER],
  ['attention', 'up', 'attention-up', AMBER, 'attention-up', AMBER],
  ['attention', 'down', 'attention-down', AMBER, 'attention-down', AMBER],
  ['attention', 'flat', 'attention-flat', AMBER, 'attention-flat', AMBER],
  ['idle', null, 'live', GREY, 'live', GREY],
  ['hidden', null, 'hidden', GREY, 'hidden', GREY],
  ['locked', null, 'locked', GREY, 'locked', GREY],
] as const)('%s %s: the icon %s, and its colours', (look, direction, icon, colour, demoIcon, demoColour) => {
  for (const [demo, name, background] of [
    [false, icon, colour],
    [true, demoIcon, demoColour],
  ] as const) {
    const view = { text: '1', look, direction, demo };
    expect(badgeColour(view)).toBe(background);
    for (const size of [16, 32] as const) {
      expect(iconPath(view, size)).toBe(`/icons/${name}-${size}.png`);
      for (const folder of ['public', 'public-firefox'])
        expect(existsSync(`${folder}${iconPath(view, size)}`), folder).toBe(true);
    }
  }
});

test.each([
  ['live', 'brand'],
  ['idle', 'brand'],
  ['stale', 'stale-alone'],
  ['attention', 'attention-alone'],
] as const)('%s without a badge: the icon %s', (look, icon) => {
  for (const size of [16, 32] as const) {
    const path = iconPath({ text: '', look, direction: null, demo: false }, size);
    expect(path).toBe(`/icons/${icon}-${size}.png`);
    expect(existsSync(`public${path}`)).toBe(true);
  }
});
