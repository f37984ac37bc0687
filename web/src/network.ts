// Networks that can be moved: the picture drawn by the server, and on request the same nodes in
// the same places with zoom, neighbours and a layout that spreads them further.

import Graph from "graphology";

interface Answer {
  nodes: {
    key: string;
    label: string;
    kind: string;
    link: string;
    x: number;
    y: number;
    size: number;
  }[];
  edges: { source: string; target: string; label: string }[];
}

const SPREADING_STEPS = 150;
const LABEL_LETTERS = 34;

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-network]")) {
  const tools = document.createElement("p");
  tools.className = "tools";
  const open = button("Move and zoom");
  tools.append(open);
  figure.append(tools);
  open.addEventListener("click", () => void explore(figure, tools, open));
}

async function explore(figure: HTMLElement, tools: HTMLElement, open: HTMLElement): Promise<void> {
  const stage = document.createElement("div");
  stage.className = "stage";
  const drawing = figure.querySelector("svg")!;
  try {
    const graph = graphOf(await answerFrom(figure.dataset.network!), figure);
    const { default: Sigma } = await import("sigma");
    drawing.before(stage);
    drawing.setAttribute("hidden", "");
    let near = new Set<string>();
    const sigma = new Sigma(graph, stage, {
      labelColor: { color: colour(figure, "--ink") },
      labelFont: getComputedStyle(figure).fontFamily,
      labelSize: 13,
      labelRenderedSizeThreshold: 4,
      labelGridCellSize: 120,
      defaultEdgeColor: colour(figure, "--line"),
      zIndex: true,
      nodeReducer: (key, data) =>
        near.size && !near.has(key) ? { ...data, color: colour(figure, "--rule"), label: "" } : data,
      edgeReducer: (edge, data) =>
        near.size && !graph.extremities(edge).every((end) => near.has(end))
          ? { ...data, hidden: true }
          : data,
    });
    sigma.on("enterNode", ({ node }) => {
      near = new Set([node, ...graph.neighbors(node)]);
      sigma.refresh();
    });
    sigma.on("leaveNode", () => {
      near = new Set();
      sigma.refresh();
    });
    sigma.on("clickNode", ({ node }) => {
      const link = graph.getNodeAttribute(node, "link") as string;
      if (link) location.assign(link);
    });
    open.remove();
    tools.append(...controls(graph, sigma, () => {
      sigma.kill();
      stage.remove();
      drawing.removeAttribute("hidden");
      tools.replaceChildren(open);
    }));
  } catch {
    stage.remove();
    drawing.removeAttribute("hidden");
    tools.replaceChildren("This browser can't show a network that moves.");
  }
}

function controls(
  graph: Graph,
  sigma: { getCamera(): { animatedZoom(): unknown; animatedUnzoom(): unknown; animatedReset(): unknown } },
  close: () => void,
): HTMLElement[] {
  const closer = button("Zoom in");
  closer.addEventListener("click", () => void sigma.getCamera().animatedZoom());
  const further = button("Zoom out");
  further.addEventListener("click", () => void sigma.getCamera().animatedUnzoom());
  const spread = button("Spread out");
  spread.addEventListener("click", () => void spreadOut(graph));
  const back = button("Back to the drawing");
  back.addEventListener("click", close);
  return [closer, further, spread, back];
}

async function spreadOut(graph: Graph): Promise<void> {
  const { default: forceAtlas2 } = await import("graphology-layout-forceatlas2");
  const settings = forceAtlas2.inferSettings(graph);
  forceAtlas2.assign(graph, { iterations: SPREADING_STEPS, settings });
}

async function answerFrom(address: string): Promise<Answer> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Answer;
}

function graphOf(answer: Answer, figure: HTMLElement): Graph {
  const graph = new Graph({ multi: true, type: "undirected" });
  for (const node of answer.nodes) {
    const isLetter = node.kind.endsWith("letter");
    graph.addNode(node.key, {
      label: shortened(node.label),
      link: node.link,
      x: node.x,
      y: node.y,
      size: node.size,
      color: colour(figure, isLetter ? "--care" : "--accent"),
      forceLabel: node.kind.startsWith("centre"),
    });
  }
  for (const edge of answer.edges) graph.addEdge(edge.source, edge.target, { size: 1 });
  return graph;
}

function shortened(label: string): string {
  return label.length <= LABEL_LETTERS ? label : `${label.slice(0, LABEL_LETTERS - 1).trimEnd()}…`;
}

function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = text;
  return made;
}
