#!/usr/bin/env bash
# Trains and scores with demarche and its peers on the same rows, in turn, on one core, and prints a table of medians,
# ratios to demarche, and peak memory. Installs the peers in a virtual environment of its own.
#
# usage: run.sh [TRAIN_ROWS] [SCORE_ROWS] [ROUNDS]      (defaults: 120000 1000000 5)
set -euo pipefail
cd "$(dirname "$0")/../.."

train_rows=${1:-120000} score_rows=${2:-1000000} rounds=${3:-5}
place=${PEERS_FOLDER:-${TMPDIR:-/tmp}/demarche-peers}
mkdir -p "$place"
if [ ! -x "$place/venv/bin/python" ]; then
    python3 -m venv "$place/venv"
    "$place/venv/bin/pip" --quiet install scikit-learn PyStemmer vowpalwabbit fasttext-wheel 'numpy<2' liblinear-official
fi
python=$place/venv/bin/python
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

cargo build --release --locked --quiet
demarche=$PWD/target/release/demarche
[ -e "$place/train.csv" ] || "$python" benches/peers/generate.py data/statements.csv "$train_rows" "$place/train.csv" 1
[ -e "$place/score.csv" ] || "$python" benches/peers/generate.py data/statements.csv "$score_rows" "$place/score.csv" 2

"$python" benches/peers/measure.py "$demarche" "$python" "$place" "$rounds"
