// Which files of `src/` are mutated: those of every folder below, or of the one that MUTATE names with all in it; those directly
// in it with `MUTATE='background/*'`.
const folders = process.env.MUTATE ?? '{kalshi,vault,portfolio,view,background}';
export const FILES = folders.endsWith('/*') ? folders : `${folders}/**/*`;
export const NAME = process.env.MUTATE?.replaceAll(/\W+/g, '-').replace(/-$/, '-itself') ?? 'all';
