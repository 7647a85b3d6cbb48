# shellcheck shell=bash
# The policy daemons that are compared, and what each is asked. Sourced by benchmarks/policy after system.sh,
# incoming.sh and rules.sh.
: "${root:?the folder of the checkout}" "${scratch:=}" "${senders:=}" "${resolver_address:=}" "${policy_enabled:=}"

# What the daemon under measurement is asked: arguments of PolicyLoad. Its process is $policy_pid, if it is one.
policy_load=()
policy_pid=

# stranger_rules: those that ask the DNS.
stranger_rules() {
  rule spf
  rule dnsbl 'lists = ["bl.example"]'
  rule helo
  rule ptr
  rule greylist
}

# configure_policy: all rules, over the database of $database or an embedded one. Rules that this version does not have are left
# out, and then said to be.
configure_policy() {
  policy_enabled=true
  mkdir -p "$scratch/keys.d" "$scratch/conf.d"
  write_settings "" "[dns]" "servers = [\"127.0.0.1:${port[names]}\"]"
  { rules && stranger_rules; } >"$scratch/conf.d/policy.toml"
  knows_strangers=yes
  dovetail check-config >/dev/null 2>&1 && return
  knows_strangers=
  rules >"$scratch/conf.d/policy.toml"
  dovetail check-config >/dev/null
}

# fill_directory: the accounts, and a pool for each of their domains.
fill_directory() {
  local i
  dovetail database migrate
  { echo domain && for i in {00..99}; do echo "c$i.example"; done; } | dovetail domain load - >/dev/null
  progress "Loading $senders accounts ..."
  {
    echo address
    awk -v count="$senders" 'BEGIN { for (i = 0; i < count; i++) printf "user%06d@c%02d.example\n", i, i % 100 }'
  } | dovetail mailbox load - >/dev/null
  {
    echo subject,rule,shared
    for i in {00..99}; do echo "c$i.example,by-login,100000000/1d"; done
  } | dovetail limit load - >/dev/null
}

# explained ATTRIBUTE...: fails unless Dovetail would let that pass.
explained() {
  dovetail explain policy "$@" >"$scratch/explained" && return
  echo "Dovetail would refuse what it is to be asked:" >&2
  cat "$scratch/explained" >&2
  return 1
}

start_policy_dovetail() {
  explained protocol_state=RCPT client_address=10.0.0.0 sasl_username=user000000@c00.example sender=user000000@c00.example \
    recipient=ann@d0.example
  start_dovetail
  wait_for 20 is_listening "${port[policy]}"
  logged 'the database answers' >/dev/null
  policy_pid=$dovetail_pid
}

# Messages of accounts that have logged in, each asked about three times.
load_dovetail() {
  policy_load=("address=inet:127.0.0.1:${port[policy]}" mail=logins "stages=RCPT,DATA,END-OF-MESSAGE" expect=DUNNO)
}

# The same of strangers; the field that tells of SPF comes once a message.
load_dovetail_strangers() {
  policy_load=("address=inet:127.0.0.1:${port[policy]}" mail=strangers "stages=RCPT,DATA,END-OF-MESSAGE"
    "expect=PREPEND,DUNNO")
}

# Debian's version counts at RCPT, and passes over DATA without a look.
start_policyd_rate_limit() {
  local folder=$scratch/rate-limit
  rm -rf "$folder"
  mkdir "$folder"
  chown policyd-rate-limit: "$folder"
  cat >"$folder/policyd.yaml" <<EOT
debug: False
user: "policyd-rate-limit"
group: "policyd-rate-limit"
pidfile: "$folder/pid"
sqlite_config:
    database: "$folder/db.sqlite3"
backend: 0
SOCKET: ["127.0.0.1", ${port[rate]}]
limits:
    - [100000, 3600]
    - [500000, 86400]
limit_by_sasl: True
EOT
  run_policy rate policyd-rate-limit --file "$folder/policyd.yaml"
}

load_policyd_rate_limit() {
  policy_load=("address=inet:127.0.0.1:${port[rate]}" mail=logins stages=RCPT expect=DUNNO)
}

# With its own lists of who is let through, which it looks through each time.
start_postgrey() {
  rm -rf "$scratch/postgrey"
  mkdir "$scratch/postgrey"
  chown postgrey: "$scratch/postgrey"
  run_policy grey postgrey --quiet --inet="127.0.0.1:${port[grey]}" --dbdir="$scratch/postgrey"
}

load_postgrey() {
  policy_load=("address=inet:127.0.0.1:${port[grey]}" mail=strangers stages=RCPT expect=DEFER_IF_PERMIT)
}

# run_policy PORT COMMAND...: a daemon that listens there.
run_policy() {
  local name=$1
  shift
  "$@" >>"$scratch/$1.log" 2>&1 </dev/null &
  policy_pid=$!
  at_end stop_process "$policy_pid"
  wait_for 30 is_listening "${port[$name]}" && return
  echo "$1 does not listen; its log:" >&2
  tail -n 20 "$scratch/$1.log" >&2
  return 1
}

stop_policyd_rate_limit() {
  # To it, an interrupt is the usual end.
  stop_process "$policy_pid" || true
}

stop_postgrey() {
  stop_process "$policy_pid" || true
}

# Nothing runs: there is a process for each connection, which the load starts. Its DNS client reads /etc/resolv.conf and nothing
# else: it gets one of its own.
start_policyd_spf() {
  echo "nameserver $resolver_address" >"$scratch/resolv.conf"
  sed 's/^debugLevel.*/debugLevel = 0/' /etc/postfix-policyd-spf-python/policyd-spf.conf >"$scratch/policyd-spf.conf"
  cat >"$scratch/policyd-spf" <<EOT
#!/bin/sh
exec unshare --mount sh -c 'mount --bind "\$1" /etc/resolv.conf && exec policyd-spf "\$2"' sh "$scratch/resolv.conf" \
  "$scratch/policyd-spf.conf"
EOT
  chmod 755 "$scratch/policyd-spf"
  policy_pid=
}

load_policyd_spf() {
  policy_load=("command=$scratch/policyd-spf" mail=strangers stages=RCPT expect=PREPEND)
}

stop_policyd_spf() {
  policy_pid=
}
