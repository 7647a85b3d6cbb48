# shellcheck shell=bash
# Foreign verifiers. Sourced after postfix.sh and peers.sh; wants $scratch/keys and the DNS of start_dns.
: "${root:?the folder of the checkout}"

# listen_with_opendkim: starts a verifying opendkim on port[opendkim] and has Postfix listen in front of it on port[judge]; to
# be called before start_postfix. Its test mode (-t) would be simpler, but loses the space after the colon of a field.
listen_with_opendkim() {
  local opendkim
  opendkim=$(PATH=$PATH:/usr/sbin command -v opendkim)
  cat >"$scratch/opendkim.conf" <<EOT
Mode v
Syslog no
Background no
Socket inet:${port[opendkim]}@127.0.0.1
AuthservID opendkim.example
AlwaysAddARHeader yes
InternalHosts 192.0.2.254
TestPublicKeys $scratch/keys
EOT
  "$opendkim" -f -x "$scratch/opendkim.conf" >"$scratch/opendkim.log" 2>&1 &
  at_end stop_process $!
  wait_for 20 is_listening "${port[opendkim]}" || { cat "$scratch/opendkim.log" >&2 && return 1; }
  postfix_listen judge -o "smtpd_milters=inet:127.0.0.1:${port[opendkim]}"
}

# judge FILE...: one line a message, "NAME: rsa dkimpy=pass mail-dkim=pass opendkim=pass; ed25519 ...", in the order of the
# arguments; "NAME: unsigned" when no verifier found a signature. opendkim takes part after listen_with_opendkim.
judge() {
  local words=$scratch/words file
  {
    /usr/bin/python3 "$root/test/lib/judge.py" "$scratch/keys" "$@"
    perl "$root/test/lib/judge.pl" "${port[dns]}" "$@"
    [[ -z ${port[judge]:-} ]] || judge_with_opendkim "$@"
  } >"$words"
  for file in "$@"; do
    awk -v file="$file" -v name="$(basename "$file" .eml)" '
      $1 == file { sub(/-sha256/, "", $3); word[$3] = word[$3] " " $2 "=" $4; found = 1 }
      END {
        line = found ? "" : " unsigned"
        if ("rsa" in word) line = line " rsa" word["rsa"] ";"
        if ("ed25519" in word) line = line " ed25519" word["ed25519"] ";"
        sub(/;$/, "", line)
        print name ":" line
      }' "$words"
  done
}

# Sends the messages on through opendkim and reads the header that it added.
judge_with_opendkim() {
  local file judged
  smtp judge --prefix judged. "$@" >/dev/null
  for file in "$@"; do
    judged=$(sunk "judged.$(basename "$file" .eml)")
    awk -v file="$file" '
      /^\r?$/ { exit }
      /^[^ \t]/ { ours = /^Authentication-Results: opendkim.example/ }
      ours && match($0, /dkim=[a-z]+/) {
        word = substr($0, RSTART + 5, RLENGTH - 5)
        if (match($0, /header\.a=[a-z0-9-]+/))
          print file, "opendkim", substr($0, RSTART + 9, RLENGTH - 9), word == "pass" ? "pass" : "fail"
      }' "$judged"
    rm "$judged" "${judged%.eml}.envelope"
  done
}
