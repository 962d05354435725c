#!/usr/bin/env bash
# A wheel, a source distribution or a checkout, installed with the packages of the lock into an environment of its own; kg runs from it, in
# a folder where nothing else is: the sample articles built, checked and asked.
#
#   tests/installed.sh python3.12 dist/presskg-1.tar.gz build/clean
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
python=${1:?an interpreter} what=${2:?what is installed} place=${3:?a folder for the environment}
start=$SECONDS
unset PYTHONPATH PYTHONHOME

"$python" -m venv --clear "$place"
"$place/bin/python" -m pip install --quiet --no-compile --require-hashes --requirement "$top/requirements.lock"
"$place/bin/python" -m pip install --quiet --no-deps --no-build-isolation "$what"
cd "$place"
"$PWD/bin/python" -c 'import kg, sys; sys.exit(not kg.__file__.startswith(sys.prefix))' || { echo "kg is not the installed one"; exit 1; }
bin/kg build "$top/data/articles" --out out >build.log 2>&1
bin/kg check out >check.log
bin/kg ask out '제2회 섬마을 돌봄 포럼의 좌장은?' 2>/dev/null | grep -q 서리하
echo "$(bin/python -V), $(basename "$what"): $(bin/kg --version) installed, built, checked and asked in $((SECONDS - start)) s," \
  "graph $(sha256sum <out/graph.nq | cut -c1-12)"
