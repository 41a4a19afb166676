/** How the panel looks. Loaded with it; what the button looks like stands in `nut-graf.js`. */

const STYLE = `
[hidden]{display:none!important}
.frame{max-inline-size:var(--nutgraf-max-width,44rem);--space:var(--nutgraf-space,1.125rem)}
.frame.shown{border:1px solid var(--line);border-radius:var(--radius);background:var(--nutgraf-background,none)}
.shown>.button{inline-size:100%;padding-inline:var(--space);border-color:transparent;background:none}
.shown>.button::after{margin-inline-start:auto}
.shown>.button:focus-visible{outline-offset:-4px}
.panel{padding:.125rem var(--space) calc(var(--space)*.75)}
.heading{margin:0 0 .5rem;font:inherit;font-weight:600;font-size:.9375em}
.heading:not(.visible),.length legend{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.note{margin:0 0 .75rem;padding-block:.125rem;padding-inline-start:.875rem;border-inline-start:3px solid var(--accent);line-height:1.45}
.retry{min-block-size:2rem;margin-block-end:.5rem;padding:.25rem .875rem;border:1px solid var(--line);border-radius:var(--radius)}
.retry:hover{border-color:var(--accent)}
.list,.paragraph{font-size:var(--nutgraf-sentence-size,1.0625em);line-height:1.5}
.paragraph{line-height:max(1.75em,1.625rem)}
.paragraph>.why{vertical-align:middle}
.list,.reasons,.mentions{margin:0;padding:0;list-style:none}
.item{position:relative;padding-block:.3125rem;padding-inline:1.25em 1.75rem}
.item::before{content:"";position:absolute;inset-block-start:calc(.3125rem + .6em);inset-inline-start:.125em;inline-size:6px;
block-size:6px;border-radius:50%;background:var(--accent)}
.sentence,.mention{color:inherit;text-decoration:underline transparent 1px;text-underline-offset:.22em;border-radius:2px;overflow-wrap:anywhere}
.sentence:hover,.mention:hover,.visited,.pointed{text-decoration-color:var(--accent)}
.why{min-inline-size:1.5rem;min-block-size:1.5rem;margin-inline-start:.25em;padding:0;border-radius:50%;color:var(--quiet);
font-size:.8125rem;line-height:1;text-align:center}
.why::before{content:"?"}
.why:lang(ar)::before{content:"\\61f"}
.item>.why{position:absolute;inset-block-start:.4375rem;inset-inline-end:0}
.why:hover,.why[aria-expanded=true]{background:var(--line)}
.reasons{margin-block:.25rem .5rem;padding-inline-start:.875rem;border-inline-start:2px solid var(--line);font-size:.875rem;line-height:1.5;color:var(--quiet)}
.map{position:relative;block-size:1.5rem;margin-block-start:.5rem;cursor:pointer;background:linear-gradient(var(--line) 0 0) 0 50%/100% 3px no-repeat}
.tick{position:absolute;inset-block:.375rem;inline-size:4px;margin-inline:-2px;border-radius:2px;background:var(--accent)}
.tick.pointed{inset-block:0}
.foot{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 1rem;font-size:.875em;line-height:1.4}
.says{flex:1 1 17em;color:var(--quiet)}
.proof,.hint{margin:0}
.proof{font-variant-numeric:tabular-nums}
.length{display:flex;flex:none;margin:0;margin-inline-start:auto;padding:2px;border:1px solid var(--line);border-radius:999px}
.choice{position:relative;display:block;border-radius:999px;cursor:pointer}
.choice:has(:checked){background:var(--accent)}
.choice input{position:absolute;inset:0;inline-size:100%;block-size:100%;margin:0;opacity:0;cursor:pointer}
.choice span{display:grid;place-items:center;min-block-size:1.75rem;padding-inline:.875em;border-radius:999px}
.choice:hover span{text-decoration:underline 1px;text-underline-offset:.22em}
.choice :checked+span{color:var(--nutgraf-on-accent,Canvas);text-decoration:none}
@supports (color:light-dark(red,red)){.choice :checked+span{color:var(--nutgraf-on-accent,light-dark(#fff,#1a1512))}}
.choice :focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
.more{margin-block-start:.625rem;border-block-start:1px solid var(--line);padding-block-start:.375rem;font-size:.875em;line-height:1.45}
.tools{display:flex;flex-wrap:wrap;gap:0 1.25em}
.tool,.link{min-block-size:2rem;padding:0}
.tool,.link,.title{text-decoration:underline 1px var(--line);text-underline-offset:.22em}
.tool:hover,.link:hover,.title:hover{text-decoration-color:var(--accent)}
.title{padding-block:.3125rem;cursor:pointer}
.line{margin:.25rem 0}
.name,.line{margin-inline-start:1.125em}
.mentions{margin-block-end:.25rem;padding-inline-start:.875rem;border-inline-start:2px solid var(--line)}
.mentions>li{padding-block:.1875rem}
.print{position:absolute;inline-size:1px;block-size:1px;border:0;opacity:0;pointer-events:none}
.back{position:fixed;border:1px solid #fff3;inset:auto 0 1rem;inline-size:fit-content;margin:0 auto;min-block-size:2.75rem;padding:.375rem 1.25rem;
border-radius:999px;background:#2b2824;color:#fbf8f2;box-shadow:0 .25rem 1rem #0004;z-index:2147483647}
.back::before{content:"\\2191\\a0\\a0"}
@supports (content:"a"/""){.back::before{content:"\\2191\\a0\\a0"/""}}
.back:focus-visible{outline-color:#fbf8f2;outline-offset:-5px}
@media (prefers-reduced-motion:no-preference){
.panel,.back{animation:.18s ease-out appear}
.tick{transition:inset-block .15s}
@keyframes appear{from{opacity:0;translate:0 -.25rem}}}
@media (prefers-contrast:more){.sentence,.mention{text-decoration-color:currentColor}}
@media (forced-colors:active){
.map,.choice{forced-color-adjust:none}
.item::before,.tick{forced-color-adjust:none;background:CanvasText}
.choice{color:CanvasText}
.tick.pointed{background:Highlight}
.choice:has(:checked){background:Highlight}
.choice :checked+span{color:HighlightText}
.sentence,.mention{text-decoration-color:currentColor}
.shown>.button{border-color:Canvas}
.back{border:2px solid}}
@media print{.foot .length,.hint,.retry,.why,.map,.more{display:none}}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all panels of a page. */
export function panelStyle() {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
  return sheet;
}
