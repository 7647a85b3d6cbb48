# shellcheck shell=bash
# The milters that are compared, each started alone: it listens on port[filter] or on $filter_socket, and its process is
# $filter_pid. All sign with one RSA key of 2048 bits, relaxed/relaxed. Sourced after system.sh; wants $scratch/keys.d.
: "${root:?the folder of the checkout}"

filters=(opendkim rspamd dovetail)

# filter_address inet|unix: where it listens, in Postfix's form.
filter_address() {
  if [[ $1 == inet ]]; then echo "inet:127.0.0.1:${port[filter]}"; else echo "unix:$filter_socket"; fi
}

# dns_port GOAL: of the server that knows what is asked for.
dns_port() {
  if [[ $1 == authenticate ]]; then echo "${port[names]}"; else echo "${port[dns]}"; fi
}

# configure_filter NAME sign|verify|authenticate inet|unix: writes its configuration; sets filter_command.
configure_filter() {
  "write_$1" "$2" "$3"
}

write_dovetail() {
  local address
  address=$(filter_address "$2")
  [[ $2 == inet ]] || address="{ address = \\\"$address\\\", permissions = \\\"0666\\\" }"
  [[ $2 == unix ]] || address="\\\"$address\\\""
  local mode=$1
  # Nothing is set that need not be: it can tell strangers.
  [[ $1 != authenticate ]] || mode=auto
  write_settings "mode = \"$mode\"" "listen = [${address//\\/}]"
  [[ $1 == sign ]] || printf '[dns]\nservers = ["127.0.0.1:%s"]\n' "$(dns_port "$1")" >>"$scratch/dovetail.toml"
  filter_command=("$root/dovetail" serve --config "$scratch/dovetail.toml")
}

# The scratch folder is below one that everybody may write to. Its DNS client (libunbound) asks nobody on loopback unless a file
# says so, and with such a file Debian's opendkim crashes as soon as messages come at the same time. The keys come from a file,
# which is kept in memory and costs no more than an answer from a cache.
write_opendkim() {
  local mode=v keys=$scratch/keys socket="local:$filter_socket"
  [[ $2 == unix ]] || socket="inet:${port[filter]}@127.0.0.1"
  [[ $1 != sign ]] || mode=s
  [[ $1 != authenticate ]] || keys=$scratch/strangers.keys
  cat >"$scratch/opendkim.conf" <<EOT
Mode $mode
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
TestPublicKeys $keys
EOT
  filter_command=("$(command -v opendkim)" -f -x "$scratch/opendkim.conf")
}

# Behind an opendkim, whose results it believes; of SPF it sees to itself. Its DNS client reads /etc/resolv.conf and nothing
# else: it gets one of its own.
write_opendmarc() {
  local socket="local:$dmarc_socket"
  [[ $2 == unix ]] || socket="inet:${port[dmarc]}@127.0.0.1"
  echo "nameserver $resolver_address" >"$scratch/resolv.conf"
  cat >"$scratch/opendmarc.conf" <<EOT
Syslog no
Background no
UMask 000
Socket $socket
AuthservID mx.demo.example
TrustedAuthservIDs mx.demo.example
SPFIgnoreResults yes
SPFSelfValidate yes
PublicSuffixList $scratch/tlds
EOT
  # shellcheck disable=SC2016 # they are the inner shell's
  filter_command=(unshare --mount sh -c 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"' sh "$scratch/resolv.conf"
    "$(command -v opendmarc)" -f -c "$scratch/opendmarc.conf")
}

# Two workers, and of its modules only those that are needed: no rules, no Redis, no list of top-level domains to look for,
# no log line a message.
write_rspamd() {
  local share=/usr/share/rspamd socket="$filter_socket mode=0666" modules=(milter_headers)
  [[ $2 == unix ]] || socket="127.0.0.1:${port[filter]}"
  case $1 in
    sign) modules=(dkim_signing) ;;
    authenticate) modules+=(spf dmarc) ;;
  esac
  mkdir -p "$scratch/rspamd"
  cat >"$scratch/rspamd.conf" <<EOT
options {
  pidfile = "$scratch/rspamd/pid";
  tempdir = "$scratch/rspamd";
  cache_file = "$scratch/rspamd/symbols.cache";
  hs_cache_dir = "$scratch/rspamd/";
  control_socket = "$scratch/rspamd/control mode=0600";
  url_tld = "$scratch/tlds";
  filters = "dkim";
  disable_monitoring = true;
  local_addrs = ["127.0.0.0/8"];
  dns { nameserver = ["127.0.0.1:$(dns_port "$1")"]; }
}
logging { type = "console"; level = "error"; }
actions { reject = 1000; }
dkim {}
spf {}
dmarc {}
dkim_signing {
  domain { demo.example { path = "$scratch/keys.d/demo.example/rsa.pem"; selector = "rsa"; } }
  check_pubkey = false;
  use_esld = false;
}
milter_headers {
  use = ["authentication-results"];
}
modules { $(printf "path = \"$share/plugins/%s.lua\"; " "${modules[@]}")}
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

# start_filter NAME GOAL inet|unix
start_filter() {
  configure_filter "$@"
  rm -f "$filter_socket"
  start_configured "$1" "$3" filter "$filter_socket"
}

# start_configured NAME inet|unix PORT SOCKET: starts what was configured last, and sets filter_pid.
start_configured() {
  "${filter_command[@]}" >>"$scratch/$1.log" 2>&1 </dev/null &
  filter_pid=$!
  at_end stop_process "$filter_pid"
  wait_for 60 listens_there "$2" "$3" "$4" && return
  echo "$1 does not listen; its log:" >&2
  tail -n 20 "$scratch/$1.log" >&2
  return 1
}

listens_there() {
  if [[ $1 == inet ]]; then is_listening "${port[$2]}"; else [[ -S $3 ]]; fi
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
