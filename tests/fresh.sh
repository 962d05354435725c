#!/usr/bin/env bash
# What a stranger's machine makes of this checkout: a stock Debian in a folder of its own, with git, make and python3-venv and no more,
# then `make graph` and, where asked for, the tests. Needs debootstrap and root; nothing outside the folder is touched.
#
#   tests/fresh.sh bookworm /tmp/fresh              # make graph
#   tests/fresh.sh trixie /tmp/fresh 'bash .ci/run' # and the tests
set -euo pipefail
suite=${1:?the name of a Debian, bookworm or trixie}
place=${2:?a folder with 6 GB of room}
more=${3:-}
top=$(cd "$(dirname "$0")/.." && pwd)
root=$place/$suite

if [ ! -x "$root/usr/bin/make" ]; then
  mkdir -p "$root"
  debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-venv "$suite" "$root"
fi
# the ways out of this machine: names, certificates, and where pip and apt look
for file in /etc/resolv.conf /etc/ssl/certs/ca-certificates.crt /etc/pip.conf "$HOME/.config/pip/pip.conf"; do
  [ -f "$file" ] && install -D -m 644 "$file" "$root${file/#$HOME//root}"
done
[ -s "$root/etc/hosts" ] || echo '127.0.0.1 localhost' > "$root/etc/hosts" # an installed Debian has it, and browsers ask for it
mountpoint -q "$root" || mount --bind "$root" "$root"                          # a root that is a mount, as on a machine of its own
[ -e "$root/proc/self" ] || mount --bind /proc "$root/proc"
mountpoint -q "$root/dev" || { mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"; } # its terminals and shared memory too
trap 'umount -R -l "$root" 2>/dev/null || true' EXIT

rm -rf "$root/srv/presskg" && mkdir -p "$root/srv/presskg"
git -C "$top" archive HEAD | tar -x -C "$root/srv/presskg"
[ ! -d "$top/../shared" ] || cp -r "$top/../shared" "$root/srv/shared"

try() { # a command in the fresh machine, and how long it took
  local start=$SECONDS
  chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 bash -c "cd /srv/presskg && $1"
  echo "$suite, $(chroot "$root" python3 -V): $1: $((SECONDS - start)) s"
}

git -C "$root/srv/presskg" init -q . && git -C "$root/srv/presskg" add -A
git -C "$root/srv/presskg" -c user.name=fresh -c user.email=fresh@localhost commit -q -m fresh
try 'make graph'
try 'du -sm .venv'
[ -z "$more" ] || try "$more"
