// What every page does with a script: suggestions while a name is typed, and passages in print.

import { pickInto } from "./pick";
import { suggestInto } from "./suggest";

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  suggestInto(input);
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-pick]")) {
  pickInto(input);
}

if (document.querySelector("figure[data-network]")) void import("./network");

/** A link to something inside a closed "why" opens it. */
function openTarget(): void {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const around = target?.closest("details");
  if (around) around.open = true;
}

addEventListener("hashchange", openTarget);
openTarget();

let closed: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll<HTMLDetailsElement>("details.why:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});
