# shellcheck shell=bash
# What is measured. Each part goes round by round through the filters, so that whatever else the machine does meets all of
# them; each result is a line of JSON in $results. Sourced by run.
: "${root:?the folder of the checkout}" "${scratch:=}" "${results:=}" "${every:=}"

declare -A size_bytes=([2KB]=2048 [50KB]=51200 [1MB]=1048576)

# note FIELDS JSON: one result; the fields are "name": value pairs.
note() {
  echo "{$1, ${2#\{}" >>"$results"
}

progress() {
  echo "$*" >&2
}

# Keys, what DNS says of them, and the signed messages that are to be verified.
prepare_messages() {
  local size
  write_dovetail sign inet
  make_keys demo.example 2>/dev/null
  # One signature a message, as the others make.
  rm "$scratch/keys.d/demo.example/ed.pem"
  for size in "${!size_bytes[@]}"; do
    bench StoredMail "bytes=${size_bytes[$size]}" >"$scratch/$size.eml"
    dovetail sign "$scratch/$size.eml" >"$scratch/$size.signed.eml"
  done
}

# The combinations of size, connections and manner: one connection for all messages of a client ("kept"), or each message
# with its own ("own"), as Postfix does. Small messages come first: memory must not grow with those that follow.
combinations() {
  local size count manner
  if [[ -z $every ]]; then
    cat <<'EOT'
2KB 1 kept
2KB 10 kept
2KB 50 kept
2KB 1 own
2KB 10 own
2KB 50 own
50KB 10 kept
50KB 10 own
1MB 1 kept
1MB 10 kept
1MB 10 own
EOT
    return
  fi
  for size in 2KB 50KB 1MB; do
    for count in 1 10 50; do
      for manner in kept own; do echo "$size $count $manner"; done
    done
  done
}

# load GOAL SOCKET SIZE CONNECTIONS MANNER WARM-UP SECONDS: prints the result.
load() {
  local own=no file=$scratch/$3.eml
  [[ $5 == kept ]] || own=yes
  [[ $1 == sign ]] || file=$scratch/$3.signed.eml
  bench MilterLoad "address=$(filter_address "$2")" "goal=$1" "message=$file" "connections=$4" "each-its-own=$own" \
    "warm-up=$6" "seconds=$7" "pid=$filter_pid"
}

# run_goal GOAL FILTER SOCKET ROUND: one filter through all combinations.
run_goal() {
  local size count manner result
  start_filter "$2" "$1" "$3"
  # The daemon that compiles while it runs is not the only one that is slower at first.
  load "$1" "$3" 2KB 10 kept 0 "$first_warm_up" >/dev/null
  while read -r size count manner; do
    result=$(load "$1" "$3" "$size" "$count" "$manner" "$warm_up" "$seconds" </dev/null)
    progress "round $4: $1 $2 $3 $size $count $manner $result"
    note "\"part\": \"$1\", \"filter\": \"$2\", \"socket\": \"$3\", \"size\": \"$size\", \"connections\": $count,
      \"manner\": \"$manner\", \"round\": $4" "$result"
  done < <(combinations)
  stop_filter
}

run_sign() {
  local round name socket
  for ((round = 1; round <= rounds; round++)); do
    for socket in unix inet; do
      for name in "${filters[@]}"; do run_goal sign "$name" "$socket" "$round"; done
    done
  done
}

run_verify() {
  local round name socket able=()
  start_dns --local-ttl=3600
  for name in "${filters[@]}"; do
    if can_verify "$name"; then able+=("$name"); else progress "SKIPPED: this version of $name does not verify."; fi
  done
  for ((round = 1; round <= rounds; round++)); do
    for socket in unix inet; do
      for name in "${able[@]}"; do run_goal verify "$name" "$socket" "$round"; done
    done
  done
}

# Each size in a fresh process: a heap that has grown for one would hide what another takes.
run_memory() {
  local round name size result
  for ((round = 1; round <= rounds; round++)); do
    for name in "${filters[@]}"; do
      for size in 2KB 1MB; do
        start_filter "$name" sign unix
        result=$(load sign unix "$size" 10 kept "$warm_up" "$first_warm_up")
        progress "round $round: memory $name $size $result"
        note "\"part\": \"memory\", \"filter\": \"$name\", \"size\": \"$size\", \"round\": $round" "$result"
        stop_filter
      done
    done
  done
}

run_start() {
  local round name result
  for ((round = 1; round <= rounds; round++)); do
    for name in "${filters[@]}"; do
      configure_filter "$name" sign unix
      rm -f "$filter_socket"
      result=$(bench StartTime "address=$(filter_address unix)" "log=$scratch/$name.log" -- "${filter_command[@]}")
      progress "round $round: start $name $result"
      note "\"part\": \"start\", \"filter\": \"$name\", \"round\": $round" "$result"
    done
  done
}

# A real Postfix between smtp-source and smtp-sink: a message for each session, ten sessions at a time.
run_postfix() {
  local round name socket
  smtp-sink -u nobody "127.0.0.1:${port[sink]}" 1000 >"$scratch/sink.log" 2>&1 &
  at_end stop_process $!
  wait_for 20 is_listening "${port[sink]}" || { cat "$scratch/sink.log" >&2 && return 1; }
  postfix_listen plain
  postfix_listen inet -o "smtpd_milters=$(filter_address inet)"
  postfix_listen unix -o "smtpd_milters=$(filter_address unix)"
  start_postfix
  through_postfix plain "$((messages / 3))" >/dev/null
  for ((round = 1; round <= rounds; round++)); do
    note_postfix none plain "$round"
    for socket in unix inet; do
      for name in "${filters[@]}"; do
        start_filter "$name" sign "$socket"
        load sign "$socket" 2KB 10 own 0 "$first_warm_up" >/dev/null
        note_postfix "$name" "$socket" "$round"
        stop_filter
      done
    done
  done
}

note_postfix() {
  local result
  result=$(through_postfix "$2" "$messages")
  progress "round $3: postfix $1 $2 $result"
  note "\"part\": \"postfix\", \"filter\": \"$1\", \"socket\": \"$2\", \"round\": $3" "$result"
}

# through_postfix LISTENER MESSAGES: prints the messages accepted a second, and waits until all have gone on.
through_postfix() {
  local began ended
  began=$(date +%s%N)
  smtp-source -s 10 -m "$2" -l 2048 -f joe@demo.example -t ann@sink.example "127.0.0.1:${port[$1]}"
  ended=$(date +%s%N)
  wait_for 120 queue_is_empty || echo "Messages are left in the queue." >&2
  awk -v count="$2" -v nanos="$((ended - began))" 'BEGIN { printf "{\"rate\": %.1f}\n", count * 1e9 / nanos }'
}
