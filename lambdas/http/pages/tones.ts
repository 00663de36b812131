/** Colours that say good, bad and dangerous, light and dark, for the console and people's own pages. */
export const tones = `:root{--good:#0f5f2c;--good-back:#e4f4e9;--good-line:#a9d8b8;--bad:#9c1322;--bad-back:#fdebed;--bad-line:#efb6bc;--danger:#b3182a;--on-danger:#fff}
@media (prefers-color-scheme:dark){:root{--good:#86e0a6;--good-back:#13291c;--good-line:#2b5a3c;--bad:#ff9ea6;--bad-back:#33181b;--bad-line:#6e3036;--danger:#ff8f98;--on-danger:#22090b}}`;
