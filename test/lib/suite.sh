# shellcheck shell=bash
# The three parts of ./verify, and their sum. Sourced after jdk.sh, packages.sh and build.sh.
: "${root:?the folder of the checkout}"

passed=0 failed=0 skipped=0
# The longest that one whole-system case may take, in seconds.
case_limit=${DOVETAIL_CASE_LIMIT:-900}

# Unit and conformance tests of all modules, also after one has failed.
run_maven() {
  local log=$root/target/verify/maven.log status=0 counts
  echo "== mvn verify (everything it prints: ${log#"$root"/})"
  rm -rf "$root"/*/target/surefire-reports
  touch "$root/target/dovetail.built.new"
  # Two modules at a time: many tests wait more than they compute.
  (cd "$root" && mvn -B -ntp -T 2 --fail-at-end verify) >"$log" 2>&1 </dev/null || status=$?
  mapfile -t counts < <(/usr/bin/python3 "$root/test/lib/surefire.py" "$root")
  [[ ${#counts[@]} -lt 2 ]] || printf '%s\n' "${counts[@]:0:${#counts[@]}-1}"
  # shellcheck disable=SC2086 # three numbers
  add_counts ${counts[-1]}
  if [[ $status == 0 ]]; then
    echo "  passed mvn verify"
    # What the cases run is built by now.
    keep_classes
    mv "$root/target/dovetail.built.new" "$root/target/dovetail.built"
    return
  fi
  grep -E '^\[ERROR\]' "$log" | head -n 60 || tail -n 60 "$log"
  # A build that breaks before or beside its tests is a failure, too.
  [[ ${counts[-1]} == *" 0 "* ]] && add_counts 0 1 0
  echo "  FAILED mvn verify, status $status"
}

add_counts() {
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# Every script of the checkout, as one test.
run_shellcheck() {
  echo "== shellcheck"
  if (cd "$root" && shellcheck -x -a dovetail demo verify .ci/run benchmarks/run benchmarks/lookups benchmarks/policy benchmarks/auth benchmarks/start benchmarks/jmh \
    test/mass test/mass-mailboxes test/fuzz test/soak test/*/run packaging/install packaging/bin/dovetail packaging/libexec/* rpm/build rpm/maven); then
    add_counts 1 0 0
  else
    echo "  FAILED shellcheck"
    add_counts 0 1 0
  fi
}

# run_case FOLDER: one whole-system case, a line of its outcome, its log in target/verify.
run_case() {
  local name log status=0 began=$SECONDS
  name=$(basename "$1")
  log=$root/target/verify/$name.log
  # In the background, so that an interrupt reaches this shell at once; timeout passes it on to all of the case's processes.
  timeout -k 30 "$case_limit" "$1/run" >"$log" 2>&1 </dev/null &
  case_pid=$!
  wait "$case_pid" || status=$?
  case_pid=
  case $status in
    0)
      add_counts 1 0 0
      echo "  passed $name ($((SECONDS - began)) s)"
      sed -n 's/^NOTE: /    /p' "$log"
      ;;
    77)
      add_counts 0 0 1
      echo "  skipped $name: $(sed -n 's/^SKIP: //p' "$log" | tail -n 1)"
      ;;
    *)
      add_counts 0 1 0
      [[ $status != 124 && $status != 137 ]] || echo "  $name took longer than $case_limit s"
      echo "  FAILED $name (status $status); the end of ${log#"$root"/}:"
      tail -n 40 "$log" | sed 's/^/    /'
      ;;
  esac
}

# An interrupted case cleans up before this ends.
interrupt() {
  [[ -z ${case_pid:-} ]] || { kill -TERM "$case_pid" && wait "$case_pid"; } || true
  exit "$1"
}

run_cases() {
  local folder
  trap 'interrupt 130' INT
  trap 'interrupt 143' TERM HUP
  echo "== whole system"
  if ! build_if_stale; then
    echo "  FAILED the build; no case was run"
    add_counts 0 1 0
    return
  fi
  for folder in "$root"/test/[0-9][0-9]-*/; do
    run_case "${folder%/}"
  done
}

# The last line of all; status 1 if anything failed or nothing ran.
sum_up() {
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  [[ $failed == 0 && $passed != 0 ]]
}
