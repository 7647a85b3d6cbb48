# shellcheck shell=bash
# A scratch folder, and the end of everything that was started in it. Sourced.

# start_scratch NAME: makes $scratch and sees to it that everything ends with this shell.
start_scratch() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/dovetail-$1.XXXXXX")
  # Postfix's processes run as their own user and pass through here.
  chmod 711 "$scratch"
  endings=()
  trap run_endings EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# at_end COMMAND ARGUMENT...: runs it when the shell ends, the last one first.
at_end() {
  endings+=("$(printf '%q ' "$@")")
}

run_endings() {
  local status=$? i
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  for ((i = ${#endings[@]} - 1; i >= 0; i--)); do
    eval "${endings[i]}"
  done
  if [[ -n ${DOVETAIL_KEEP:-} ]]; then
    echo "Kept: $scratch" >&2
  else
    rm -rf "$scratch"
  fi
  exit "$status"
}

# wait_for SECONDS COMMAND ARGUMENT...: status 0 as soon as the command succeeds, 1 when the time is over.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.1
  done
}

# stop_process PID [SECONDS]: asks a child of ours to end; when it does not within the time, ends it and says so with status 1.
stop_process() {
  # The number of a child that has ended may be somebody else's by now.
  is_child "$1" || return 0
  kill -TERM "$1" 2>/dev/null || return 0
  wait_for "${2:-30}" is_gone "$1" && return 0
  echo "Process $1 did not end when asked." >&2
  kill -KILL "$1" 2>/dev/null
  return 1
}

is_child() {
  [[ $(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$1/stat" 2>/dev/null) == "$$" ]]
}

# A child that has ended but was not waited for is gone, too.
is_gone() {
  local state
  [[ -r /proc/$1/stat ]] || return 0
  state=$(sed 's/.*) \(.\) .*/\1/' "/proc/$1/stat" 2>/dev/null) || return 0
  [[ $state == Z ]]
}

# The ports of this run, by what listens there.
declare -A port

# take_ports NAME...: fills `port` with TCP ports of 127.0.0.1 on which nobody listens.
take_ports() {
  local name number
  while read -r name number; do
    port[$name]=$number
  done < <(/usr/bin/python3 - "$@" <<'PYTHON'
import socket, sys
held = {name: socket.create_server(("127.0.0.1", 0)) for name in sys.argv[1:]}
for name, server in held.items():
    print(name, server.getsockname()[1])
PYTHON
  )
}

# is_listening PORT: somebody listens on that TCP port; found without a connection, which would be an event of its own.
is_listening() {
  grep -qE "^ *[0-9]+: [0-9A-F]+:$(printf '%04X' "$1") [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
