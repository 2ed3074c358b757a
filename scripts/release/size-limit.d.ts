// size-limit's own types omit the parameters besides file names.
declare module 'size-limit' {
  interface Check {
    files: string[];
    brotli?: boolean;
    gzip?: boolean;
  }
  export default function sizeLimit(
    plugins: unknown[],
    config: { checks: Check[] },
  ): Promise<{ size: number }[]>;
}

declare module '@size-limit/file' {
  const plugin: unknown[];
  export default plugin;
}
