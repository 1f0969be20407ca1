#!/usr/bin/env bash
# Trains and scores with demarche and its peers on the same rows, in turn, on one core, and prints tables of medians,
# ratios to demarche, peak memory, accuracy and versions; before that, compares numbers with the peers' (agree.py).
# Installs the peers in a virtual environment of its own.
#
# usage: run.sh [TRAIN_ROWS] [SCORE_ROWS] [ROUNDS]      (120000 1000000 3)
# environment: PEERS_FOLDER, where files go (/tmp/demarche-peers); PEERS_SOURCE, the labelled CSV that rows are made from
# (data/statements.csv); PEERS_AGREE, the rows trained on and scored for the comparison of numbers (20000 250000).
set -euo pipefail
cd "$(dirname "$0")/../.."

train_rows=${1:-120000} score_rows=${2:-1000000} rounds=${3:-3}
read -r agree_train agree_score <<<"${PEERS_AGREE:-20000 250000}"
source=${PEERS_SOURCE:-data/statements.csv}
place=${PEERS_FOLDER:-${TMPDIR:-/tmp}/demarche-peers}
mkdir -p "$place"
if [ ! -e "$place/venv/ready" ]; then
    python3 -m venv "$place/venv"
    # fasttext-wheel needs numpy 1.
    "$place/venv/bin/pip" --quiet install scikit-learn PyStemmer==2.0.1 vowpalwabbit fasttext-wheel liblinear-official 'numpy<2'
    touch "$place/venv/ready"
fi
python=$place/venv/bin/python
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

cargo build --release --locked --quiet --bin demarche --example pipeline

# make_rows ROWS NAME SEED: the same bytes every time, so a table of the same make is kept, with what was derived from it.
make_rows() {
    local make="$source $1 $3 $(cksum <"$source")"
    if [ "$(cat "$place/$2.make" 2>/dev/null)" != "$make" ]; then
        rm -f "$place/$2".csv* "$place/$2.make"
        "$python" benches/peers/generate.py "$source" "$1" "$place/$2.csv" "$3"
        echo "$make" >"$place/$2.make"
    fi
}
make_rows "$train_rows" train 1
make_rows "$score_rows" score 2
make_rows "$agree_train" agree-train 3
make_rows "$agree_score" agree-score 4

"$python" benches/peers/agree.py target/release/examples/pipeline "$place/agree-train.csv" "$place/agree-score.csv" "$place"
"$python" benches/peers/measure.py "$PWD/target/release/demarche" "$python" "$place" "$rounds"
