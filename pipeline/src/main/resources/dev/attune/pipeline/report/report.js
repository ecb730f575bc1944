"use strict";

(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const descriptions = JSON.parse(document.getElementById("charts").textContent);

  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const figure = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const pen = document.createElement("canvas").getContext("2d");
  const width = (text) => {
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    return pen.measureText(text).width;
  };

  /** The text, or as much of it as fits: a name may be longer than a whole line. */
  const fitting = (text, room) => {
    const characters = Array.from(text);
    let kept = characters.length;
    while (kept > 1 && width(characters.slice(0, kept).join("") + "…") > room) {
      kept--;
    }
    return width(text) <= room ? text : characters.slice(0, kept).join("") + "…";
  };

  Chart.defaults.animation = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.defaults.devicePixelRatio = Math.max(2, window.devicePixelRatio);

  const AXIS = 30;
  const BAR_LINE = 24;
  const NAME_AND_BAR = 42;

  /**
   * Where a sideways chart begins and how high it is: a line a bar below its axis, or beside a table
   * as high as its rows, so that a bar stands next to its figures.
   */
  const layout = (box, lines, line) => {
    const table = box.closest("figure").previousElementSibling;
    const least = { top: 0, height: lines * line + AXIS };
    if (!table || table.offsetLeft === box.offsetLeft) {
      return least;
    }
    const rows = table.tBodies[0].getBoundingClientRect();
    const top = Math.max(0, rows.top - box.getBoundingClientRect().top - AXIS);
    return { top, height: top + AXIS + Math.max(rows.height, lines * line) };
  };

  const draw = (description) => {
    const box = document.getElementById(description.id);
    const sideways = description.horizontal;
    box.closest("figure").hidden = false;
    const room = box.clientWidth;
    // Where names would leave too little room for the bars, each stands above its bar.
    const above = sideways && Math.max(...description.labels.map(width)) > room * 0.45;
    const place = sideways
      ? layout(box, description.labels.length, above ? NAME_AND_BAR : BAR_LINE)
      : { top: 0, height: 240 };
    box.style.height = place.height + "px";
    const canvas = box.appendChild(document.createElement("canvas"));
    const figures = {
      stacked: true,
      beginAtZero: true,
      position: sideways ? "top" : "left",
      border: { display: false },
      afterFit: (scale) => {
        if (sideways) {
          scale.height = AXIS;
        }
      },
      ticks: { precision: 0, maxTicksLimit: 5, maxRotation: 0, callback: figure },
    };
    const labels = {
      stacked: true,
      grid: { display: false },
      ticks: {
        autoSkip: !sideways,
        maxRotation: 0,
        mirror: above,
        padding: above ? 0 : 3,
        labelOffset: above ? -16 : 0,
        callback(value) {
          const text = this.getLabelForValue(value);
          return sideways ? fitting(text, room - 8) : text;
        },
      },
      title: { display: description.unit !== "", text: description.unit },
    };
    return new Chart(canvas, {
      type: "bar",
      data: {
        labels: description.labels,
        datasets: description.series.map((series) => ({
          label: series.name,
          data: series.figures,
          colour: series.colour,
          barPercentage: sideways ? 0.9 : 1,
          categoryPercentage: sideways ? 0.8 : 0.94,
          maxBarThickness: above ? 14 : sideways ? 18 : undefined,
        })),
      },
      options: {
        indexAxis: sideways ? "y" : "x",
        maintainAspectRatio: false,
        layout: { padding: { top: place.top } },
        interaction: { mode: "index", axis: sideways ? "y" : "x", intersect: false },
        scales: sideways ? { x: figures, y: labels } : { x: labels, y: figures },
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: { label: (item) => item.dataset.label + " " + figure(item.raw) },
          },
        },
      },
    });
  };

  const paint = (chart) => {
    for (const dataset of chart.data.datasets) {
      dataset.backgroundColor = colour(dataset.colour);
      dataset.hoverBackgroundColor = dataset.backgroundColor;
    }
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = colour("quiet");
      scale.title = { ...scale.title, color: colour("quiet") };
      scale.grid = { ...scale.grid, color: colour("rule") };
    }
    chart.resize();
    chart.update();
  };

  const charts = descriptions.map(draw);
  const paintAll = () => charts.forEach(paint);
  paintAll();
  dark.addEventListener("change", paintAll);
  window.addEventListener("beforeprint", () => {
    root.classList.add("on-paper");
    paintAll();
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("on-paper");
    paintAll();
  });
})();
