"use strict";

(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const descriptions = JSON.parse(document.getElementById("charts").textContent);

  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const figure = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  const short = (text, most) => {
    const characters = Array.from(text);
    return characters.length > most ? characters.slice(0, most - 1).join("") + "…" : text;
  };

  Chart.defaults.animation = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.defaults.devicePixelRatio = Math.max(2, window.devicePixelRatio);

  const draw = (description) => {
    const box = document.getElementById(description.id);
    const sideways = description.horizontal;
    box.closest("figure").hidden = false;
    box.style.height = (sideways ? description.labels.length * 24 + 32 : 240) + "px";
    const canvas = box.appendChild(document.createElement("canvas"));
    const figures = {
      stacked: true,
      beginAtZero: true,
      border: { display: false },
      ticks: { precision: 0, maxTicksLimit: 5, maxRotation: 0, callback: figure },
    };
    const labels = {
      stacked: true,
      grid: { display: false },
      ticks: {
        autoSkip: !sideways,
        maxRotation: 0,
        callback(value) {
          const text = this.getLabelForValue(value);
          return sideways ? short(text, box.clientWidth < 420 ? 22 : 40) : text;
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
          maxBarThickness: sideways ? 16 : undefined,
        })),
      },
      options: {
        indexAxis: sideways ? "y" : "x",
        maintainAspectRatio: false,
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
