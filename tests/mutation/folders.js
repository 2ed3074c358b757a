// Which files of `src/` are mutated: those of every folder below, or of the one that MUTATE names with all in it; those directly
// in it with `MUTATE='background/*'`. They are judged by all unit tests of the folder.
const folders = process.env.MUTATE ?? '{kalshi,vault,portfolio,view,background}';
const isShallow = folders.endsWith('/*');
const folder = isShallow ? folders.slice(0, -2) : folders;
export const FILES = isShallow ? `${folder}/*` : `${folder}/**/*`;
export const TESTS = `${folder}/**/*`;
export const NAME = process.env.MUTATE?.replaceAll('/', '-').replace('*', 'itself') ?? 'all';
