#!/usr/bin/env bash
# Both pages in a browser, at the width of a phone and of a desktop, in light and dark mode, with 4 and
# 77 categories: no error, no horizontal scrolling, names stay visible, charts are drawn.
. "$(dirname "$0")/lib.sh"

input=$home/../shared/data/banking77
[ -d "$input" ] || skip "pages: no data/banking77 in the directory shared next to the clone"
if ! command -v chromium >/dev/null; then
  apt_install chromium >/dev/null 2>&1 || skip "pages: chromium cannot be installed by apt"
fi

# make CATEGORIES FILTER: makes a dataset of the matching rows, a model, and both pages.
make() {
  local folder=$work/$1 file
  mkdir "$folder"
  for file in train test; do
    { head -n 1 "$input/$file.csv"; tail -n +2 "$input/$file.csv" | grep -E "$2"; } >"$folder/$file.csv"
  done
  cp "$input/categories.json" "$folder"
  cat >"$folder/attune.yaml" <<YAML
dataset: banking
task: classification
taxonomy: categories.json
sources:
  observations:
    files: [train.csv, test.csv]
    columns: {text: text, categories: category}
duplicates: {near: false}
output: {directory: datasets, format: gemini}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
promotion: {envFile: .env}
YAML
  cd "$folder"
  expect_exit 0 "$home/attune" run
  cp datasets/banking/*/report.html "$work/report-$1.html"
  cp evaluations/banking/*/*/evaluation.html "$work/evaluation-$1.html"
  cd "$work"
}

make 4 ',(card_arrival|card_linking|exchange_rate|lost_or_stolen_card)[[:space:]]*$'
make 77 ''

# Opens each page in a frame of the given width, inspects it from outside, and writes the findings into
# the title, which --dump-dom prints.
look() {
  local page=$1 width=$2 scheme=$3
  cat >"$work/look.html" <<HTML
<!doctype html><title>nothing</title>
<iframe width="$width" height="900" src="$page"></iframe>
<script>
addEventListener("load", () => setTimeout(() => {
  const frame = document.querySelector("iframe").contentWindow;
  const page = frame.document;
  const faults = [];
  const fault = (text) => faults.push(text);
  if (page.documentElement.scrollWidth > page.documentElement.clientWidth) fault("scrolls sideways");
  if (!page.querySelector(".verdict").textContent.trim()) fault("has no verdict");
  if (page.querySelectorAll(".flow > li").length < 3) fault("has no picture");
  if (!page.querySelector("canvas")) fault("drew no chart");
  for (const canvas of page.querySelectorAll("canvas")) {
    if (canvas.width === 0 || canvas.height === 0) fault("has an empty chart");
  }
  for (const table of page.querySelectorAll("table.stay")) {
    const region = table.closest(".scroll");
    const name = table.querySelector("tbody th[scope=row]");
    if (!name || region.closest("details")) continue;
    const before = name.getBoundingClientRect().left;
    region.scrollLeft = 200;
    const moved = region.scrollLeft;
    if (Math.abs(name.getBoundingClientRect().left - before) > 3) fault("loses names of rows");
    if (moved > 0 && region.tabIndex !== 0) fault("cannot be scrolled by keyboard");
  }
  document.title = "seen:" + (faults.length ? faults.join(", ") : "fine") + ":";
}, 600));
</script>
HTML
  local dark=()
  [ "$scheme" = dark ] && dark=(--force-dark-mode)
  timeout 60 chromium --headless --no-sandbox --disable-gpu --allow-file-access-from-files \
    --enable-logging=stderr --virtual-time-budget=4000 --window-size=1700,1000 "${dark[@]}" \
    --dump-dom "file://$work/look.html" >"$work/dom" 2>"$work/log" || fail "chromium ended: $page"
  grep -q '<title>seen:fine:</title>' "$work/dom" \
    || fail "$page at $width px, $scheme: $(grep -o '<title>[^<]*' "$work/dom")"
  ! grep -E 'CONSOLE.*(Error|Refused|Uncaught)' "$work/log" || fail "$page at $width px: its console"
}

for page in report-4 evaluation-4 report-77 evaluation-77; do
  [ "$(wc -c <"$work/$page.html")" -lt 1000000 ] || fail "$page.html has 1 MB or more"
  for width in 360 1600; do
    for scheme in light dark; do
      look "$page.html" "$width" "$scheme"
    done
  done
done
echo "pages: 4 pages, each at 360 and 1600 pixels, in light and dark"
