"use strict";

(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const matrix = JSON.parse(document.getElementById("confusion-data").textContent);
  const box = document.getElementById("matrix");

  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const figure = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  const short = (text) => {
    const characters = Array.from(text);
    return characters.length > 36 ? characters.slice(0, 35).join("") + "…" : text;
  };
  const percent = (share) => (share * 100).toFixed(1) + "\u202f%";

  const LEAST = 13;
  const MOST = 34;
  const LABELLED = 19;
  const GAP = 8;
  const LEGIBLE = 0.55;

  const columns = matrix.columns.length;
  const rows = matrix.rows.length;

  /** The room of the labels, and how wide a square is: as wide as the column of the page allows. */
  const layout = () => {
    const room = document.querySelector("main > header").clientWidth;
    const measure = document.createElement("canvas").getContext("2d");
    const widest = (labels, size) => {
      measure.font = size + "px " + font;
      return Math.ceil(Math.max(...labels.map((label) => measure.measureText(short(label)).width)));
    };
    const square = (size) =>
      Math.max(LEAST, Math.min(MOST, Math.floor((room - widest(matrix.rows, size) - GAP) / columns)));
    const size = square(12) < 16 ? 11 : 12;
    return {
      size,
      square: square(size),
      left: widest(matrix.rows, size) + GAP,
      top: widest(matrix.columns, size) + GAP,
    };
  };

  /** From 0.15 to 1; a mistake is measured by the greatest one, or none would be seen. */
  const strength = (square) => {
    const full = square.kind === "RIGHT" ? 1 : matrix.greatestMistake;
    return square.count === 0 ? 0 : 0.15 + 0.85 * Math.min(1, square.share / full);
  };
  const tint = (square) => {
    const names = { RIGHT: "right", WRONG: "wrong", EXTRA: "wrong", MISSING: "missing", INVALID: "invalid" };
    const alpha = Math.round(strength(square) * 255).toString(16).padStart(2, "0");
    return colour(names[square.kind]) + alpha;
  };
  const points = matrix.squares.map((square) => ({ x: square.column, y: square.row, square }));

  const place = layout();
  box.style.width = place.left + columns * place.square + "px";
  box.style.height = place.top + rows * place.square + "px";
  box.closest("figure").hidden = false;

  const axis = (labels, name, extent) => ({
    type: "linear",
    min: -0.5,
    max: labels.length - 0.5,
    reverse: name === "y",
    position: name === "x" ? "top" : "left",
    border: { display: false },
    grid: { drawTicks: false, lineWidth: 0.5 },
    afterBuildTicks: (scale) => {
      scale.ticks = labels.map((_, value) => ({ value }));
    },
    afterFit: (scale) => {
      scale[name === "x" ? "height" : "width"] = extent;
      // The labels have their room; more would make the squares unequal.
      Object.assign(scale, { paddingTop: 0, paddingBottom: 0, paddingLeft: 0, paddingRight: 0 });
    },
    ticks: {
      autoSkip: false,
      font: { family: font, size: place.size },
      padding: GAP / 2,
      // Chart.js turns a label about its corner: one line to the left of its column.
      labelOffset: name === "x" ? place.size * 1.2 : 0,
      minRotation: name === "x" ? 90 : 0,
      maxRotation: name === "x" ? 90 : 0,
      callback: (value) => short(labels[value]),
    },
  });

  const said = (square) => {
    const row = matrix.rows[square.row];
    const column = matrix.columns[square.column];
    const count = figure(square.count) + (square.kind === "EXTRA" ? "" : " · " + percent(square.share) + " of the row");
    const words = {
      RIGHT: [row, "recognised"],
      WRONG: [row, "taken for " + column],
      MISSING: [row, "left out"],
      INVALID: [row, "answer invalid"],
      EXTRA: [column, "one too many"],
    }[square.kind];
    return [words[0], words[1], count];
  };

  Chart.defaults.animation = false;
  Chart.defaults.devicePixelRatio = Math.max(2, window.devicePixelRatio);

  const chart = new Chart(box.appendChild(document.createElement("canvas")), {
    type: "scatter",
    plugins: [ChartDataLabels],
    data: { datasets: [{ data: points }] },
    options: {
      maintainAspectRatio: false,
      responsive: false,
      layout: { padding: 0, autoPadding: false },
      interaction: { mode: "nearest", intersect: true },
      // The side of a square that Chart.js draws is its radius times the root of two.
      elements: {
        point: {
          pointStyle: "rect",
          radius: (place.square - 1) * Math.SQRT1_2,
          hoverRadius: (place.square - 1) * Math.SQRT1_2,
          hitRadius: 0,
        },
      },
      scales: {
        x: axis(matrix.columns, "x", place.top),
        y: axis(matrix.rows, "y", place.left),
      },
      plugins: {
        legend: { display: false },
        datalabels: {
          display: (context) => place.square >= LABELLED && points[context.dataIndex].square.count > 0,
          formatter: (point) => (point.square.count > 999 ? "" : String(point.square.count)),
          color: (context) =>
            colour(strength(points[context.dataIndex].square) > LEGIBLE ? "paper" : "ink"),
          font: { family: font, size: place.square >= 26 ? 12 : 10 },
          clip: false,
        },
        tooltip: {
          displayColors: false,
          callbacks: {
            title: (items) => said(items[0].raw.square)[0],
            label: (item) => said(item.raw.square).slice(1),
          },
        },
      },
    },
  });
  chart.resize(place.left + columns * place.square, place.top + rows * place.square);

  const paint = () => {
    const dataset = chart.data.datasets[0];
    dataset.backgroundColor = points.map((point) => tint(point.square));
    dataset.hoverBackgroundColor = dataset.backgroundColor;
    dataset.borderColor = points.map((point) => (point.square.count === 0 ? colour("right") : "transparent"));
    dataset.hoverBorderColor = colour("ink");
    dataset.borderWidth = 1;
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = colour("ink");
      scale.grid.color = colour("rule");
    }
    chart.update();
  };

  paint();
  dark.addEventListener("change", paint);
  window.addEventListener("beforeprint", () => {
    root.classList.add("on-paper");
    paint();
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("on-paper");
    paint();
  });
})();
