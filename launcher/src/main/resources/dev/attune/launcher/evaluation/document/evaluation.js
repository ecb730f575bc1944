"use strict";

// Draws an interval below every figure of a table with Chart.js: one chart a column, as high as the
// table's body. Without this script the figures and intervals stand there as text.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const TINTS = {
    model: "right",
    base: "quiet",
    champion: "wrong",
    rose: "good",
    fell: "wrong",
    unclear: "quiet",
  };
  const BELOW_THE_TEXT = 9;
  const EDGE = 6;
  const MOST_PIXELS = 16000;
  const NOTHING = { x: NaN, y: NaN };

  Chart.defaults.animation = false;

  const number = (cell, name) => Number(cell.dataset[name]);

  const column = (table, head) => {
    const region = table.closest(".scroll");
    const cells = [...table.querySelectorAll("tbody td[data-low]")].filter(
      (cell) => cell.cellIndex === head.cellIndex,
    );
    if (cells.length === 0) {
      return null;
    }
    const least = Number(head.dataset.least);
    const most = Number(head.dataset.most);
    const box = region.appendChild(document.createElement("div"));
    box.className = "whisker-chart";
    box.setAttribute("aria-hidden", "true");
    const tint = (i) => colour(TINTS[cells[i].dataset.tint]);
    const few = (i) => cells[i].parentElement.classList.contains("few");
    const line = (name) => ({
      label: name,
      data: [],
      clip: EDGE,
      showLine: true,
      pointRadius: 0,
      spanGaps: false,
      borderWidth: 1,
    });
    const chart = new Chart(box.appendChild(document.createElement("canvas")), {
      type: "scatter",
      data: {
        datasets: [
          {
            label: "figures",
            data: [],
            clip: EDGE,
            pointRadius: 3.5,
            pointBorderWidth: 2,
          },
          {
            ...line("intervals"),
            borderWidth: 2.5,
            pointRadius: 5,
            pointStyle: "line",
            rotation: 90,
            pointBorderWidth: 2,
          },
          line("middle"),
          line("scale"),
        ],
      },
      options: {
        responsive: false,
        maintainAspectRatio: false,
        events: [],
        layout: { autoPadding: false, padding: { left: EDGE, right: EDGE } },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
        scales: {
          x: { type: "linear", display: false, min: least, max: most },
          y: { type: "linear", display: false, reverse: true, min: 0, max: 1 },
        },
      },
    });

    const place = () => {
      const frame = region.getBoundingClientRect();
      const bodies = table.tBodies;
      const top = bodies[0].getBoundingClientRect().top;
      const bottom = bodies[bodies.length - 1].getBoundingClientRect().bottom;
      const first = cells[0].getBoundingClientRect();
      const height = Math.round(bottom - top);
      box.style.left = first.left - frame.left + region.scrollLeft + "px";
      box.style.top = top - frame.top + region.scrollTop + "px";
      const style = getComputedStyle(cells[0]);
      const width = Math.round(first.width - parseFloat(style.paddingRight));
      const text = parseFloat(style.paddingTop) + parseFloat(style.lineHeight);
      const lines = cells.map(
        (cell) => cell.getBoundingClientRect().top - top + text + BELOW_THE_TEXT,
      );
      const [figures, intervals, middle, scale] = chart.data.datasets;
      figures.data = cells.map((cell, i) => ({ x: number(cell, "value"), y: lines[i] }));
      intervals.data = cells.flatMap((cell, i) => [
        { x: number(cell, "low"), y: lines[i] },
        { x: number(cell, "high"), y: lines[i] },
        NOTHING,
      ]);
      scale.data = lines.flatMap((y) => [{ x: least, y }, { x: most, y }, NOTHING]);
      middle.data = lines.flatMap((y) => [
        { x: (least + most) / 2, y: y - 8 },
        { x: (least + most) / 2, y: y + 8 },
        NOTHING,
      ]);
      chart.options.scales.y.max = height;
      chart.options.devicePixelRatio = Math.min(
        Math.max(2, window.devicePixelRatio),
        MOST_PIXELS / height,
      );
      chart.resize(width, height);
    };

    const paint = () => {
      const [figures, intervals, middle, scale] = chart.data.datasets;
      figures.pointBorderColor = cells.map((_, i) => tint(i));
      figures.pointBackgroundColor = cells.map((_, i) => (few(i) ? colour("paper") : tint(i)));
      intervals.pointBorderColor = cells.flatMap((_, i) => [tint(i), tint(i), tint(i)]);
      intervals.segment = {
        borderColor: (context) => tint(Math.floor(context.p0DataIndex / 3)),
        borderDash: (context) => (few(Math.floor(context.p0DataIndex / 3)) ? [3, 3] : undefined),
      };
      middle.borderColor = least < 0 ? colour("ink") : colour("rule");
      scale.borderColor = colour("rule");
      chart.update();
    };

    const draw = () => {
      place();
      paint();
    };
    return { draw, paint };
  };

  const tables = [...document.querySelectorAll("table.whiskers")].map((table) => {
    table.classList.add("drawn");
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.least !== undefined);
    const columns = heads.map((head) => column(table, head)).filter((one) => one !== null);
    const draw = () => columns.forEach((one) => one.draw());
    new ResizeObserver(() => requestAnimationFrame(draw)).observe(table);
    return columns;
  });
  dark.addEventListener("change", () => tables.flat().forEach((one) => one.paint()));
})();
