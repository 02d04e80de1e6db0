// Draws the table of a figure with uPlot, in the colours of the page.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const figures = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells]);

const drawChart = (figure) => {
  const canvas = figure.querySelector("[data-chart-canvas]");
  const table = figure.querySelector(".chart-table table");
  const rows = figures(table);
  const labels = rows.map((cells) => cells[0].textContent.trim());
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const tones = ["--harbour", "--brick", "--moss", "--amber"];
  const words = (name, index) => rows[index]?.[names.indexOf(name) + 1]?.textContent.trim() ?? "";
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "14px 'Source Sans 3', sans-serif", labelFont: "14px 'Source Sans 3', sans-serif" };
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  canvas.replaceChildren();
  const chart = new uPlot({
    width: canvas.clientWidth,
    height: 210,
    scales: { x: { time: false } },
    cursor: { y: false },
    axes: [
      { ...axis, label: figure.dataset.scale, values: (chart, splits) => splits.map((split) => labels[split] ?? "") },
      { ...axis, label: figure.dataset.value, size: 72, values: (chart, splits) => splits.map((split) => numbers.format(split)) },
    ],
    series: [
      { label: figure.dataset.scale, value: (chart, index) => labels[index] ?? "" },
      ...names.map((name, index) => ({ label: name, stroke: colour(tones[index % tones.length]), width: 2, points: { show: rows.length < 40 }, value: (chart, value, series, at) => words(name, at) })),
    ],
  }, [
    labels.map((label, index) => index),
    ...names.map((name, index) => rows.map((cells) => Number(cells[index + 1].dataset.exact))),
  ], canvas);
  let at = -1;
  canvas.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    chart.setCursor({ left: chart.valToPos(at, "x"), top: 0 });
    const spoken = names.map((name) => `${name} ${words(name, at)}`).join(", ");
    document.getElementById("live").textContent = `${labels[at]}: ${spoken}`;
  };
};

const drawCharts = () => {
  if (!window.uPlot) return;
  for (const figure of document.querySelectorAll("[data-chart]")) drawChart(figure);
};

addEventListener("load", drawCharts);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
document.addEventListener("click", (event) => { if (event.target.closest("[data-theme-switch]")) setTimeout(drawCharts); });
