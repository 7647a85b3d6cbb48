# shellcheck shell=bash
# Begins a whole-system case: `. ../lib/case.sh` from its run. Status: 0 as wanted, 1 not, 77 could not run (the last line
# says what was missing).
set -euo pipefail
case_folder=$(cd -- "$(dirname -- "${BASH_SOURCE[1]}")" && pwd)
root=$(cd -- "$case_folder/../.." && pwd)
for part in scratch jdk build packages postfix peers dovetail judge; do
  # shellcheck source=/dev/null
  . "$root/test/lib/$part.sh"
done

skip() {
  echo "SKIP: $1"
  exit 77
}

# say LINE...: what happened, to be compared with the file `want`.
say() {
  printf '%s\n' "$@" | tee -a "$scratch/got"
}

# The case ends here: what happened is compared with what was wanted. A verifier that does not know an algorithm has no say in
# the matter: that is noted and not held against the message.
compare() {
  local known=$scratch/got.known
  sed 's/=unsupported/=pass/g' "$scratch/got" >"$known"
  grep -oE '[a-z0-9]+( [a-z-]+=[a-z]+)* [a-z-]+=unsupported' "$scratch/got" |
    sed -E 's/^([a-z0-9]+) .* ([a-z-]+)=unsupported$/NOTE: \2 here knows no \1/' | sort -u || true
  diff -u --label want --label got "$case_folder/want" "$known"
}

[[ $(id -u) == 0 ]] || skip "root, which Postfix's master process takes"
mapfile -t missing < <(missing_packages "$(package_system)")
[[ ${#missing[@]} == 0 ]] || skip "missing ${missing[*]}"
need_jdk
build_if_stale
start_scratch "$(basename "$case_folder")"
: >"$scratch/got"
