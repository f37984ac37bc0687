// Names offered below a blank of a question while one is typed; choosing one fills the blank.

interface Suggestion {
  iri: string;
  label: string;
  kind: string;
  note: string;
}

const WAIT_MS = 150;
let lists = 0;

/** Fills the browser's own list of proposals for a field from the server's suggestions. */
export function pickInto(input: HTMLInputElement): void {
  const address = input.dataset.pick;
  if (!address) return;
  const list = document.createElement("datalist");
  list.id = `proposals-${++lists}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let asked: AbortController | undefined;

  async function ask(): Promise<void> {
    asked?.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return list.replaceChildren();
    const url = new URL(address!, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { signal: asked.signal });
      list.replaceChildren(...(answer.ok ? options(await answer.json()) : []));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) list.replaceChildren();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT_MS);
  });
}

/** Where two things have one label, their IRIs tell them apart. */
function options(found: Suggestion[]): HTMLOptionElement[] {
  return found.map((one) => {
    const isAlone = found.filter((other) => other.label === one.label).length === 1;
    const option = document.createElement("option");
    option.value = isAlone ? one.label : one.iri;
    option.label = [isAlone ? "" : one.label, one.kind, one.note].filter(Boolean).join(", ");
    return option;
  });
}
