// The editor of the query page: colours, checks, prefixes and completion of the ontology's terms.

import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./query.css";

interface Terms {
  prefixes: Record<string, string>;
  classes: string[];
  properties: string[];
}

const area = document.querySelector<HTMLTextAreaElement>("textarea#sparql");
if (area?.form) void edit(area, area.form);

async function edit(area: HTMLTextAreaElement, form: HTMLFormElement): Promise<void> {
  complete(await termsFrom(area.dataset.completions));
  const frame = document.createElement("div");
  area.before(frame);
  area.hidden = true;
  const editor = new Yasqe(frame, {
    value: area.value,
    persistenceId: null,
    consumeShareLink: null,
    prefixCcApi: null,
    collapsePrefixesOnLoad: false,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    screenReaderLabel: "Query",
    autocompleters: ["our-prefixes", "our-classes", "our-properties", "variables"],
  } as ConstructorParameters<typeof Yasqe>[1]);
  // The address of the page is the link to share.
  frame.querySelector(".yasqe_buttons")?.remove();
  editor.addKeyMap({
    // Tab moves on, so that nobody is caught in the editor without a mouse.
    Tab: false,
    "Shift-Tab": false,
    "Ctrl-Enter": () => form.requestSubmit(),
    "Cmd-Enter": () => form.requestSubmit(),
  });
  form.querySelector("label[for=sparql]")?.addEventListener("click", () => editor.focus());
  editor.on("change", () => (area.value = editor.getValue()));
  form.addEventListener("submit", () => (area.value = editor.getValue()));
  form.querySelector("select")?.addEventListener("change", () => {
    form.querySelector<HTMLButtonElement>("button[name=load]")?.click();
  });
}

async function termsFrom(address: string | undefined): Promise<Terms> {
  const none = { prefixes: {}, classes: [], properties: [] };
  if (!address) return none;
  const answer = await fetch(address);
  return answer.ok ? ((await answer.json()) as Terms) : none;
}

function complete(terms: Terms): void {
  const prefixes = Object.entries(terms.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  const ours = { bulk: true, persistenceId: null, autoShow: false };
  Yasqe.forkAutocompleter("prefixes", {
    ...ours,
    name: "our-prefixes",
    get: () => Promise.resolve(prefixes),
  }, false);
  Yasqe.forkAutocompleter("class", {
    ...ours,
    name: "our-classes",
    get: () => Promise.resolve(terms.classes),
  }, false);
  Yasqe.forkAutocompleter("property", {
    ...ours,
    name: "our-properties",
    get: () => Promise.resolve(terms.properties),
  }, false);
}
