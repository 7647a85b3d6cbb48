# shellcheck shell=bash
# Begins a whole-system case; its `run` sources this first. Status: 0 as wanted, 1 not, 77 could not run (the last line says
# what was missing).
set -euo pipefail
# Sorted names, messages of programs: the same everywhere.
export LC_ALL=C.UTF-8 LC_COLLATE=C PATH=$PATH:/usr/sbin:/sbin
case_folder=$(cd -- "$(dirname -- "$0")" && pwd)
root=$(cd -- "$case_folder/../.." && pwd)
# shellcheck source=test/lib/system.sh
. "$root/test/lib/system.sh"

skip() {
  echo "SKIP: $1"
  exit 77
}

# say WORD...: a line of what happened, to be compared with the file `want`.
say() {
  echo "$*" | tee -a "$scratch/got"
}

# say_lines PREFIX: the same for the lines of standard input, each with the prefix.
say_lines() {
  sed "s|^|$1|" | tee -a "$scratch/got"
}

# The case ends here: what happened is compared with what was wanted. A verifier that does not know an algorithm has no say in
# the matter: that is noted, and its words on that algorithm are left out.
compare() {
  local algorithm verifier
  cp "$case_folder/want" "$scratch/want"
  while read -r algorithm verifier; do
    echo "NOTE: $verifier here knows no $algorithm"
    sed -i -E "s/($algorithm( [^;]*)? $verifier)=[a-z]+/\1=unsupported/" "$scratch/want"
  done < <(sed -nE 's/.*(rsa|ed25519)( [^;]*)? ([a-z-]+)=unsupported.*/\1 \3/p' "$scratch/got" | sort -u)
  if diff -u --label want --label got "$scratch/want" "$scratch/got"; then
    echo "As wanted."
    return
  fi
  echo "The end of Dovetail's log:"
  tail -n 20 "$scratch/dovetail.log"
  return 1
}

[[ $(id -u) == 0 ]] || skip "root, which Postfix's master process takes"
mapfile -t missing < <(missing_packages "$(package_system)")
[[ ${#missing[@]} == 0 ]] || skip "missing ${missing[*]}"
need_jdk
build_if_stale
start_scratch "$(basename "$case_folder")"
: >"$scratch/got"
