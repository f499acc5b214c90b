#!/usr/bin/env bash
# Measures the cost of a point for other detectors, on the series of `npm run bench`. Needs Python 3.10+ and a network.
# Installs into a temporary folder. A package that cannot be installed is reported and skipped, and so is R's cpm without R.
# Run: bench/peers/run.sh > bench/results/peers.txt
set -euo pipefail
cd "$(dirname "$0")/../.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for package in river ruptures changepoint-online focus-cpt apache-otava; do
  # One folder for each, since they need different versions of numpy.
  "$folder/venv/bin/pip" install --quiet --target "$folder/$package" "$package" 2>"$folder/log" ||
    rm -rf "${folder:?}/$package"
done

npx tsx bench/peers/write-series.ts 10000 "$folder/quiet.f64"
date -u +%F
grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2
"$folder/venv/bin/python" --version
for peer in river-adwin river-kswin ruptures-pelt changepoint-online-focus changepoint-online-npfocus focus-cpt apache-otava; do
  "$folder/venv/bin/python" bench/peers/measure.py "$peer" "$folder"
done
if command -v Rscript >/dev/null; then
  Rscript bench/peers/measure.R "$folder/quiet.f64"
else
  echo 'cpm: R is not installed here'
fi
