// A screen without a monitor: Xvfb, with its picture read straight from its frame buffer file.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';

export class Screen {
  private constructor(
    /** The X display, e.g. `:99`. */
    readonly display: string,
    private readonly server: ChildProcess,
    private readonly dir: string,
  ) {}

  /** Opens a screen; undefined where Xvfb is not installed. */
  static async open(width = 1000, height = 700): Promise<Screen | undefined> {
    if (!existsSync('/usr/bin/Xvfb')) return undefined;
    const dir = mkdtempSync(join(tmpdir(), 'screen-'));
    // With -displayfd the server picks a free number and writes it down as soon as it takes connections.
    const args = [
      '-displayfd',
      '3',
      '-screen',
      '0',
      `${width}x${height}x24`,
      '-fbdir',
      dir,
      '-nolisten',
      'tcp',
    ];
    const server = spawn('/usr/bin/Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
      server.once('exit', () => reject(new Error('Xvfb did not start')));
      server.once('error', reject);
    });
    return new Screen(`:${number}`, server, dir);
  }

  /** What is on the screen now. */
  picture(): PNG {
    return readXwd(readFileSync(join(this.dir, 'Xvfb_screen0')));
  }

  close(): void {
    this.server.removeAllListeners('exit');
    this.server.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Reads an X window dump of 32 bits a pixel (X11/XWDFile.h). */
function readXwd(file: Buffer): PNG {
  const field = (index: number) => file.readUInt32BE(index * 4);
  const [headerSize, width, height, byteOrder, stride, colours] = [
    field(0),
    field(4),
    field(5),
    field(7),
    field(12),
    field(19),
  ];
  const start = headerSize + colours * 12;
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = start + y * stride + x * 4;
      const pixel = byteOrder === 0 ? file.readUInt32LE(at) : file.readUInt32BE(at);
      const to = (y * width + x) * 4;
      png.data[to] = (pixel >> 16) & 0xff;
      png.data[to + 1] = (pixel >> 8) & 0xff;
      png.data[to + 2] = pixel & 0xff;
      png.data[to + 3] = 255;
    }
  }
  return png;
}

/** A part of a picture, enlarged by whole pixels. */
export function crop(png: PNG, x: number, y: number, width: number, height: number, zoom = 1): PNG {
  const out = new PNG({ width: width * zoom, height: height * zoom });
  for (let row = 0; row < out.height; row++) {
    for (let column = 0; column < out.width; column++) {
      const from = ((y + Math.floor(row / zoom)) * png.width + x + Math.floor(column / zoom)) * 4;
      png.data.copy(out.data, (row * out.width + column) * 4, from, from + 4);
    }
  }
  return out;
}
