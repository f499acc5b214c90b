#!/usr/bin/env bash
# What a point costs other people's detectors, on the series that `npm run bench` uses. Needs Python 3.10+ and a network.
# Installs into a temporary folder; what does not install is left out, and said. R's cpm is measured where R has it.
# Run: bench/peers/run.sh > bench/results/peers.txt
set -euo pipefail
cd "$(dirname "$0")/../.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for package in river ruptures changepoint-online focus-cpt apache-otava; do
  # One folder each, for they disagree on the numpy they need.
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
