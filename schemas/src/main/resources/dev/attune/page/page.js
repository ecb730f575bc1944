"use strict";

// Marks regions that are wider than their room, so that the page can say so; without this script
// their shadows say it alone.
(() => {
  const regions = [...document.querySelectorAll(".scroll")];
  const measure = (region) => {
    const room = region.scrollWidth - region.clientWidth;
    region.classList.toggle("wide", room > 1);
    region.classList.toggle("moved", region.scrollLeft > 1);
    region.classList.toggle("ended", region.scrollLeft >= room - 1);
  };
  const watch = new ResizeObserver((entries) =>
    requestAnimationFrame(() => entries.forEach((entry) => measure(entry.target))),
  );
  for (const region of regions) {
    measure(region);
    watch.observe(region);
    region.addEventListener("scroll", () => measure(region), { passive: true });
  }
})();
