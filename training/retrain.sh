#!/usr/bin/env bash
# Everything that was learned, learned anew: word vectors, tagger, judge, indicators, thresholds; then the reports on them.
#
#   training/retrain.sh             SHARED=../shared  WORK=build/training  PYTHON=python3
#
# SHARED holds gold/train, gold/dev, corpus/articles, corpus/bulk.jsonl.zst, seeds and benchmarks; annotations of the
# project's own in training/gold are learned from too. What is in WORK already (words.npy, whole.pt, tagger.pt, judge.pt)
# is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shared=${SHARED:-../shared} work=${WORK:-build/training} python=${PYTHON:-python3}
texts=$work/texts
gold=("$shared/gold/train")
if [[ -d training/gold ]]; then gold+=(training/gold); fi
export PYTHONPATH=$PWD PYTHONHASHSEED=0
mkdir -p "$work"

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

step "The annotated texts"
"$python" training/texts.py "${gold[@]}" "$shared/gold/dev" --shared "$shared" --out "$texts"

step "Word vectors"
if [[ ! -f $work/words.npy ]]; then "$python" training/words.py "$shared/corpus/bulk.jsonl.zst" --out "$work"; fi
cp "$work/words.txt.xz" kg/models/

step "Tagger"
learn=(training/tagger.py "${gold[@]}" --sources "$texts" --words "$work/words.npy" --report)
if [[ ! -f $work/whole.pt ]]; then "$python" "${learn[@]}" --whole --out "$work/whole.pt"; fi
if [[ ! -f $work/tagger.pt ]]; then
    "$python" "${learn[@]}" --start "$work/whole.pt" --batch 64 --epochs 3 --rate 1.5e-3 --out "$work/tagger.pt"
fi

step "Judge of pairs"
if [[ ! -f $work/judge.pt ]]; then
    "$python" training/judge.py "${gold[@]}" --sources "$texts" --tagger "$work/tagger.pt" --out "$work/judge.pt" --report
fi

step "Words that say what a figure measures"
"$python" training/indicator.py "${gold[@]}" --sources "$texts" --report

step "The graphs that kg ships"
"$python" training/export.py --tagger "$work/tagger.pt" --judge "$work/judge.pt" --out kg/models

step "Thresholds and confidence, on the held part of our own annotations"
"$python" training/unpack.py training/gold --sources "$texts" --out "$work/gold"
"$python" training/calibrate.py "$work/gold" --sources "$texts" --names training/held.txt \
    --hand "$shared/gold/dev" --out kg/models/calibration.json

step "Reports"
"$python" training/accuracy.py --gold "$shared/gold" --sources "$shared" --out docs/accuracy.md
"$python" training/benchmarks.py "$shared/benchmarks" --out docs/benchmarks.md
