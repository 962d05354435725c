#!/usr/bin/env bash
# The lock on each Python that is supported: installed into an environment of its own under build/, and kg run there (tests/installed.sh);
# the graph has to be the same bytes everywhere. uv looks for a version, and fetches it where there is a way to; paths do too.
#
#   tests/pythons.sh .venv/bin/uv 3.11 3.12 /opt/python3.13/bin/python3
set -uo pipefail
cd "$(dirname "$0")/.."
uv=${1:?the program uv}
shift
failed=0
outs=()
if command -v pyenv >/dev/null; then # its programs answer for the versions that are chosen alone
  PYENV_VERSION=${PYENV_VERSION:-$(pyenv versions --bare | grep '^3' | sort -rV | paste -sd:)}
  export PYENV_VERSION
fi

for version in "$@"; do
  python=$("$uv" python find "$version" 2>/dev/null) || python=$("$uv" python install --quiet "$version" 2>/dev/null && "$uv" python find "$version")
  if [ -z "$python" ]; then
    echo "Python $version: none is here, and uv could fetch none"
    failed=1
    continue
  fi
  place=build/python-$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  if bash tests/installed.sh "$python" . "$place"; then
    outs+=("$place/out/graph.nq")
  else
    echo "Python $version ($python): FAILED"
    failed=1
  fi
done
for out in "${outs[@]:1}"; do
  cmp "${outs[0]}" "$out" || failed=1
done
exit $failed
