# shellcheck shell=bash
# The milters that are compared, each started alone: it listens on port[filter] or on $filter_socket, and its process is
# $filter_pid. All sign with one RSA key of 2048 bits, relaxed/relaxed. Sourced after system.sh; wants $scratch/keys.d.
: "${root:?the folder of the checkout}"

filters=(opendkim rspamd dovetail)

# filter_address inet|unix: where it listens, in Postfix's form.
filter_address() {
  if [[ $1 == inet ]]; then echo "inet:127.0.0.1:${port[filter]}"; else echo "unix:$filter_socket"; fi
}

# configure_filter NAME sign|verify inet|unix: writes its configuration; sets filter_command.
configure_filter() {
  "write_$1" "$2" "$3"
}

write_dovetail() {
  local address
  address=$(filter_address "$2")
  [[ $2 == inet ]] || address="{ address = \\\"$address\\\", permissions = \\\"0666\\\" }"
  [[ $2 == unix ]] || address="\\\"$address\\\""
  write_settings "mode = \"$1\"" "listen = [${address//\\/}]"
  [[ $1 == sign ]] || printf '[dns]\nservers = ["127.0.0.1:%s"]\n' "${port[dns]}" >>"$scratch/dovetail.toml"
  filter_command=("$root/dovetail" serve --config "$scratch/dovetail.toml")
}

# The scratch folder is below one that everybody may write to. Its own DNS client cannot be told a port; the key comes from a file, which costs no more than an answer from a cache.
write_opendkim() {
  local socket="local:$filter_socket"
  [[ $2 == unix ]] || socket="inet:${port[filter]}@127.0.0.1"
  cat >"$scratch/opendkim.conf" <<EOT
Mode ${1:0:1}
Syslog no
Background no
UMask 000
Socket $socket
Canonicalization relaxed/relaxed
Domain demo.example
Selector rsa
KeyFile $scratch/keys.d/demo.example/rsa.pem
RequireSafeKeys no
InternalHosts 127.0.0.1
AuthservID mx.demo.example
AlwaysAddARHeader yes
TestPublicKeys $scratch/keys
EOT
  filter_command=("$(command -v opendkim)" -f -x "$scratch/opendkim.conf")
}

# Two workers, and of its modules only the one for DKIM: no rules, no Redis, no list of top-level domains to look for, no log
# line a message.
write_rspamd() {
  local share=/usr/share/rspamd socket="$filter_socket mode=0666" module=dkim_signing
  [[ $2 == unix ]] || socket="127.0.0.1:${port[filter]}"
  [[ $1 == sign ]] || module=milter_headers
  mkdir -p "$scratch/rspamd"
  echo example >"$scratch/rspamd/tlds"
  cat >"$scratch/rspamd.conf" <<EOT
options {
  pidfile = "$scratch/rspamd/pid";
  tempdir = "$scratch/rspamd";
  cache_file = "$scratch/rspamd/symbols.cache";
  hs_cache_dir = "$scratch/rspamd/";
  control_socket = "$scratch/rspamd/control mode=0600";
  url_tld = "$scratch/rspamd/tlds";
  filters = "dkim";
  disable_monitoring = true;
  local_addrs = ["127.0.0.0/8"];
  dns { nameserver = ["127.0.0.1:${port[dns]}"]; }
}
logging { type = "console"; level = "error"; }
actions { reject = 1000; }
dkim {}
dkim_signing {
  domain { demo.example { path = "$scratch/keys.d/demo.example/rsa.pem"; selector = "rsa"; } }
  check_pubkey = false;
  use_esld = false;
}
milter_headers {
  use = ["authentication-results"];
}
modules { path = "$share/plugins/$module.lua"; }
worker "rspamd_proxy" {
  bind_socket = "$socket";
  milter = yes;
  timeout = 120s;
  count = 2;
  upstream "local" { default = yes; self_scan = yes; }
}
EOT
  filter_command=("$(command -v rspamd)" --insecure --no-fork --config "$scratch/rspamd.conf")
}

# start_filter NAME sign|verify inet|unix
start_filter() {
  configure_filter "$@"
  rm -f "$filter_socket"
  "${filter_command[@]}" >>"$scratch/$1.log" 2>&1 </dev/null &
  filter_pid=$!
  at_end stop_process "$filter_pid"
  wait_for 60 filter_listens "$3" && return
  echo "$1 does not listen; its log:" >&2
  tail -n 20 "$scratch/$1.log" >&2
  return 1
}

filter_listens() {
  if [[ $1 == inet ]]; then is_listening "${port[filter]}"; else [[ -S $filter_socket ]]; fi
}

stop_filter() {
  stop_process "$filter_pid" || true
}

# can_verify NAME: true if this version of it verifies at all.
can_verify() {
  [[ $1 == dovetail ]] || return 0
  configure_filter dovetail verify inet
  dovetail check-config >/dev/null 2>&1
}
