// Which folders of `src/` are mutated: all, or the one that MUTATE names.
export const FOLDERS = process.env.MUTATE ?? '{kalshi,vault,portfolio,view,background}';
