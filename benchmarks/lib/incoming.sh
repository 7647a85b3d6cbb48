# shellcheck shell=bash
# Incoming mail of strangers, by DKIM, SPF and DMARC. "opendkim" is a chain here: each message goes to opendkim, and then with
# the result that it has added to opendmarc. Sourced by run.
: "${root:?the folder of the checkout}" "${scratch:=}" "${every:=}" "${filter_socket:=}" "${dmarc_socket:=}"

# Domains whose mail comes again and again.
many=2000
# Where the DNS client of libc finds the name server, which can be told an address but no port.
resolver_address=127.53.53.53
delay_ms=100
delayed_connections=200

# start_names DELAY-MS: a DNS server that knows all strangers; sets names_pid.
start_names() {
  : >"$scratch/names.log"
  bench_command NameServer "address=inet:127.0.0.1:${port[names]},inet:$resolver_address:53" "delay-ms=$1" \
    "key=$scratch/keys.d/demo.example/rsa.pem"
  "${bench_command[@]}" >>"$scratch/names.log" 2>&1 </dev/null &
  names_pid=$!
  at_end stop_process "$names_pid"
  wait_for 20 grep -qx listening "$scratch/names.log" || { cat "$scratch/names.log" >&2 && return 1; }
}

# What opendkim knows of the strangers, as the DNS server says it.
write_stranger_keys() {
  awk -v many="$many" '$1 ~ /^rsa[.]/ {
    sub(/^[^ ]* v=DKIM1; /, "")
    for (i = 0; i < many; i++) printf "rsa._domainkey.d%d.example v=DKIM1; n=%d; %s\n", i, i, $0
  }' "$scratch/keys" >"$scratch/strangers.keys"
}

# start_stages NAME inet|unix: the filter, or the chain; sets stages and stage_pids, both with commas.
start_stages() {
  start_filter "$1" authenticate "$2"
  stages=$(filter_address "$2") stage_pids=$filter_pid
  [[ $1 == opendkim ]] || return 0
  configure_filter opendmarc authenticate "$2"
  rm -f "$dmarc_socket"
  start_configured opendmarc "$2" dmarc "$dmarc_socket"
  if [[ $2 == inet ]]; then stages+=",inet:127.0.0.1:${port[dmarc]}"; else stages+=",unix:$dmarc_socket"; fi
  stage_pids+=",$filter_pid"
}

stop_stages() {
  local pid
  for pid in ${stage_pids//,/ }; do stop_process "$pid" || true; done
}

# incoming_load MANNER CONNECTIONS WARM-UP SECONDS ARGUMENT...: prints the result.
incoming_load() {
  local own=no manner=$1 connections=$2 warm=$3 time=$4
  shift 4
  [[ $manner == kept ]] || own=yes
  bench MilterLoad "address=$stages" goal=authenticate "connections=$connections" "each-its-own=$own" "warm-up=$warm" \
    "seconds=$time" "pid=$stage_pids" "dns-pid=$names_pid" "key=$scratch/keys.d/demo.example/rsa.pem" "$@" </dev/null
}

# incoming_note FILTER SOCKET DOMAINS CONNECTIONS MANNER ROUND RESULT
incoming_note() {
  progress "round $6: incoming $1 $2, $3, $4 $5 $7"
  note "\"part\": \"incoming\", \"filter\": \"$1\", \"socket\": \"$2\", \"size\": \"$3\", \"connections\": $4,
    \"manner\": \"$5\", \"round\": $6" "$7"
}

# Domains, connections and manner. Those of one domain come last: what is kept of many must not be in the way.
incoming_combinations() {
  cat <<EOT
$many 10 kept
$many 10 own
1 10 kept
EOT
  [[ -z $every ]] || cat <<EOT
$many 1 kept
$many 50 kept
$many 1 own
$many 50 own
1 10 own
EOT
}

# incoming_known FILTER SOCKET ROUND: domains that have been seen before.
incoming_known() {
  local domains count manner result
  start_stages "$1" "$2"
  # Twice: there is more to compile than for signing, and each host is to have been seen, too.
  incoming_load kept 10 0 "$first_warm_up" "strangers=$many" >/dev/null
  incoming_load own 10 0 "$first_warm_up" "strangers=$many" >/dev/null
  while read -r domains count manner; do
    result=$(incoming_load "$manner" "$count" "$warm_up" "$seconds" "strangers=$domains")
    incoming_note "$1" "$2" "$domains" "$count" "$manner" "$3" "$result"
  done < <(incoming_combinations)
  stop_stages
}

# incoming_new FILTER ROUND: each message is of a domain that nobody has asked for before, and the DNS takes its time.
# "hosted" ones come over kept connections, all by hosts and with the SPF record of one provider: no question needs the answer
# to another. Of the others, the host and all records are new, too: the include of SPF and the host's address take two answers.
incoming_new() {
  local at_once=$((delayed_connections * 1000 / delay_ms)) count result
  start_stages "$1" unix
  count=$(incoming_count "$at_once" 0 "$first_warm_up")
  incoming_load kept "$delayed_connections" 0 "$first_warm_up" once=yes hosted=yes "strangers=$count" >/dev/null
  count=$(incoming_count "$at_once" "$warm_up" "$seconds")
  result=$(incoming_load kept "$delayed_connections" "$warm_up" "$seconds" once=yes hosted=yes "strangers=$count" first=40000)
  incoming_note "$1" unix new-hosted "$delayed_connections" kept "$2" "{\"ideal\": $at_once, ${result#\{}"
  result=$(incoming_load own "$delayed_connections" "$warm_up" "$seconds" once=yes "strangers=$count" first=80000)
  incoming_note "$1" unix new "$delayed_connections" own "$2" "{\"ideal\": $((at_once / 2)), ${result#\{}"
  stop_stages
}

# incoming_count RATE WARM-UP SECONDS: how many messages are enough, if none is sent twice.
incoming_count() {
  awk -v rate="$1" -v time="$2" -v more="$3" -v connections="$delayed_connections" \
    'BEGIN { printf "%d\n", rate * (time + more) + 2 * connections }'
}

run_incoming() {
  local round name socket sockets=(unix)
  [[ -z $every ]] || sockets=(unix inet)
  write_stranger_keys
  start_names 0
  for ((round = 1; round <= rounds; round++)); do
    for socket in "${sockets[@]}"; do
      for name in "${filters[@]}"; do incoming_known "$name" "$socket" "$round"; done
    done
  done
  stop_process "$names_pid"
  start_names "$delay_ms"
  for ((round = 1; round <= rounds; round++)); do
    for name in "${filters[@]}"; do
      # It does not ask for keys, so there is nothing to wait for that the others do not wait for.
      [[ $name == opendkim ]] || incoming_new "$name" "$round"
    done
  done
  stop_process "$names_pid"
}
