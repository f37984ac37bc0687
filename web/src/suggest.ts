// Suggestions below a search field: the combobox of the ARIA practices, with a listbox.

interface Suggestion {
  label: string;
  kind: string;
  note: string;
  page: string;
}

const WAIT_MS = 120;
let lists = 0;

/** Offers things whose names begin like what is typed; choosing one opens its page. */
export function suggestInto(input: HTMLInputElement): void {
  const address = input.dataset.suggest;
  if (!address) return;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${++lists}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let found: Suggestion[] = [];
  let chosen = -1;
  let timer = 0;
  let asked: AbortController | undefined;

  function show(suggestions: Suggestion[]): void {
    found = suggestions;
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function option(suggestion: Suggestion, index: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const kind = document.createElement("span");
    kind.textContent = suggestion.kind;
    item.append(suggestion.label, kind);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(suggestion.page));
    return item;
  }

  function choose(index: number): void {
    chosen = index;
    [...list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === index));
      if (place === index) item.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${index}`);
  }

  async function ask(): Promise<void> {
    asked?.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return show([]);
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, {
        signal: asked.signal,
      });
      show(answer.ok ? await answer.json() : []);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) show([]);
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT_MS);
  });
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    const last = found.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      show([]);
    } else if (event.key === "ArrowDown" && !list.hidden) {
      choose(chosen < last ? chosen + 1 : 0);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      choose(chosen > 0 ? chosen - 1 : last);
    } else if (event.key === "Enter" && chosen >= 0) {
      location.assign(found[chosen]!.page);
    } else {
      return;
    }
    event.preventDefault();
  });
}
