// Charts: each figure holds its spec; Vega draws it without compiling code (its interpreter), as our policy asks.

const dark = { background: "transparent", axis: "#9ba69e", text: "#e6ebe7", line: "#29312c" };
const light = { background: "transparent", axis: "#5d675f", text: "#1b211d", line: "#e1e6e0" };

function colours() {
  const theme = document.documentElement.dataset.theme;
  const night = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const c = night ? dark : light;
  const axis = { labelColor: c.axis, titleColor: c.axis, gridColor: c.line, domainColor: c.line, tickColor: c.line };
  return { background: c.background, axis, legend: { labelColor: c.text }, view: { stroke: null } };
}

for (const figure of document.querySelectorAll(".chart")) {
  const holder = figure.querySelector("script");
  const spec = JSON.parse(holder.textContent);
  delete spec.background;
  const place = document.createElement("div");
  figure.append(place);
  window.vegaEmbed(place, spec, {
    actions: false,
    ast: true,
    config: colours(),
    defaultStyle: false,
    renderer: "canvas",
    tooltip: false,
  });
}
