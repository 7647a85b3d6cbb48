# shellcheck shell=bash
# Dovetail itself: its configuration, keys and process in $scratch. Sourced after scratch.sh, jdk.sh and build.sh.
: "${root:?the folder of the checkout}"

# dovetail ARGUMENT...: the command, with the configuration of this scratch folder.
dovetail() {
  "$root/dovetail" "$@" --config "$scratch/dovetail.toml"
}

# write_settings [LINE]...: dovetail.toml for port[milter] and port[http]; the lines go to the end of [milter], up to one that
# opens another section. conf.d/store.toml beside it has the database, that of $database or else an embedded one in $scratch,
# switches the lookup tables off unless there is a line for [lookup], and the policy daemon unless policy_enabled is true; then it
# listens at port[policy].
write_settings() {
  cat >"$scratch/dovetail.toml" <<EOT
[server]
hostname = "mx.demo.example"

[http]
listen = ["inet:127.0.0.1:${port[http]}"]

[milter]
EOT
  {
    # Unless the lines say otherwise.
    [[ "$*" == *"listen = "* ]] || echo "listen = [\"inet:127.0.0.1:${port[milter]}\"]"
    [[ "$*" == *"keys = "* ]] || echo "keys = \"$scratch/keys.d\""
    printf '%s\n' "$@"
  } >>"$scratch/dovetail.toml"
  mkdir -p "$scratch/conf.d"
  {
    echo "[database]"
    if [[ -n ${database:-} ]]; then
      echo "$database"
    else
      printf 'url = "jdbc:sqlite:%s/dovetail.db"\nkey_file = "%s/secret.key"\n' "$scratch" "$scratch"
    fi
    printf '[policy]\nenabled = %s\nlisten = ["inet:127.0.0.1:%s"]\n' "${policy_enabled:-false}" "${port[policy]:-10031}"
    [[ "$*" == *"[lookup]"* ]] || printf '%s\n' "[lookup]" "enabled = false"
  } >"$scratch/conf.d/store.toml"
}

# make_keys DOMAIN...: an RSA and an Ed25519 key for each; what DNS says of them goes to $scratch/keys.
make_keys() {
  local domain
  mkdir -p "$scratch/keys.d"
  for domain in "$@"; do
    dovetail dkim generate "$domain" --to files --selector rsa --algorithm rsa2048
    dovetail dkim generate "$domain" --to files --selector ed --algorithm ed25519
  done >"$scratch/zone"
  /usr/bin/python3 "$root/test/lib/zone.py" <"$scratch/zone" >"$scratch/keys"
}

# start_dovetail: starts it with the settings written before and waits until it has started. Sets dovetail_pid.
start_dovetail() {
  local starts
  build_if_stale
  touch "$scratch/dovetail.log"
  starts=$(starts_logged)
  # Straight from the script's `exec`: the process id is the daemon's own.
  "$root/dovetail" serve --config "$scratch/dovetail.toml" >>"$scratch/dovetail.log" 2>&1 </dev/null &
  dovetail_pid=$!
  at_end stop_process "$dovetail_pid"
  wait_for 60 started_or_gone "$starts" && ! is_gone "$dovetail_pid" && return
  echo "Dovetail did not start; its log:" >&2
  tail -n 30 "$scratch/dovetail.log" >&2
  return 1
}

# The log goes on over several starts.
starts_logged() {
  grep -c ' started: ' "$scratch/dovetail.log" || true
}

started_or_gone() {
  [[ $(starts_logged) != "$1" ]] || is_gone "$dovetail_pid"
}

stop_dovetail() {
  stop_process "$dovetail_pid" "$@"
}

# logged PATTERN [SECONDS]: waits for a line of Dovetail's log that matches, and prints the first.
logged() {
  wait_for "${2:-20}" grep -qE -e "$1" "$scratch/dovetail.log" || {
    echo "No line of the log matches: $1" >&2
    return 1
  }
  grep -m 1 -E -e "$1" "$scratch/dovetail.log"
}

# metric NAME [LABELS]: the sum of the metric's samples; with labels (name="value",...) of those only.
metric() {
  /usr/bin/python3 - "http://127.0.0.1:${port[http]}/metrics" "$1" "${2:-}" <<'PYTHON'
import re, sys, urllib.request
url, name, labels = sys.argv[1:]
text = urllib.request.urlopen(url, timeout=10).read().decode()
found = re.findall(rf"^{re.escape(name)}(?:{{([^}}]*)}})? (\S+)", text, re.M)
print(sum(float(value) for where, value in found if labels in where))
PYTHON
}
