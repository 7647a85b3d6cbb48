# shellcheck shell=bash
# The small servers around the mail server: where mail goes, and a DNS for the keys. Sourced after scratch.sh.
: "${root:?the folder of the checkout}"

# start_sink [OPTION]...: keeps what arrives in $scratch/sink; the options are those of sink.py.
start_sink() {
  mkdir -p "$scratch/sink"
  /usr/bin/python3 "$root/test/lib/sink.py" "${port[sink]}" "$scratch/sink" "$@" >"$scratch/sink.log" 2>&1 &
  at_end stop_process $!
  wait_for 20 is_listening "${port[sink]}" || { cat "$scratch/sink.log" >&2 && return 1; }
}

# sunk NAME [SECONDS]: waits for the message and prints its file.
sunk() {
  wait_for "${2:-60}" test -e "$scratch/sink/$1.eml" || {
    echo "No message for $1 arrived." >&2
    return 1
  }
  echo "$scratch/sink/$1.eml"
}

# start_dns [OPTION]...: answers for .example with the TXT records of $scratch/keys (lines of name and text), else "no such
# name"; the options are dnsmasq's.
start_dns() {
  local dnsmasq
  /usr/bin/python3 "$root/test/lib/zone.py" --dnsmasq <"$scratch/keys" >"$scratch/dnsmasq.conf"
  dnsmasq=$(PATH=$PATH:/usr/sbin command -v dnsmasq)
  "$dnsmasq" --conf-file="$scratch/dnsmasq.conf" --keep-in-foreground --port="${port[dns]}" --listen-address=127.0.0.1 \
    --bind-interfaces --no-resolv --no-hosts --local=/example/ --pid-file= --user=root --log-facility=- "$@" \
    >"$scratch/dnsmasq.log" 2>&1 &
  at_end stop_process $!
  wait_for 20 is_listening "${port[dns]}" || { cat "$scratch/dnsmasq.log" >&2 && return 1; }
}

# smtp NAME ARGUMENT...: the client of smtp.py, to port[NAME].
smtp() {
  local number=${port[$1]}
  shift
  /usr/bin/python3 "$root/test/lib/smtp.py" "$number" "$@"
}
