// Answering Chromium's permission prompt, which takes a real key press.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Screen } from '../drivers/screen.ts';
import { until } from './chromium-scene.ts';

/** Whether there is what it takes: a virtual screen and its keyboard. */
export const canAnswerPrompts = existsSync('/usr/bin/Xvfb') && existsSync('/usr/bin/xdotool');

/**
 * Allows what is requested.
 * @param request opens the prompt
 * @param whileOpen is called before it is answered
 */
export async function allowInPrompt(
  screen: Screen,
  request: () => Promise<void>,
  whileOpen: () => void = () => undefined,
): Promise<void> {
  const keyPress = (name: string) =>
    execFileSync('xdotool', ['key', name], { env: { ...process.env, DISPLAY: screen.display } });
  /** The page is white; behind the browser's prompt it is dimmed. */
  const dimmed = (): boolean => (screen.picture().data.at((400 * 1000 + 20) * 4) ?? 0) < 200;
  /** Waits until the screen fulfils a condition and has not changed for ten pictures: animations have ended. */
  const still = async (fits: (now: Buffer) => boolean) => {
    let last: Buffer = Buffer.alloc(0);
    let unchanged = 0;
    return until(() => {
      const now = screen.picture().data;
      unchanged = now.equals(last) && fits(now) ? unchanged + 1 : 0;
      last = now;
      return unchanged >= 10 && now;
    });
  };
  await request();
  const prompt = await still(dimmed);
  whileOpen();
  keyPress('Tab'); // from Deny to Allow
  await still((now) => !now.equals(prompt));
  // The browser ignores keys for half a second, so that none is taken that was pressed before the prompt appeared.
  await until(() => {
    if (dimmed()) keyPress('Return');
    return !dimmed();
  });
}
