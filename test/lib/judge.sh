# shellcheck shell=bash
# Foreign verifiers. Sourced; wants $scratch/keys and the DNS of start_dns on $dns_port.
: "${root:?the folder of the checkout}"

# judge FILE...: one line a message: "NAME: rsa dkimpy=pass mail-dkim=pass opendkim=pass; ed25519 ...", in the order of the
# arguments; "NAME: unsigned" when there is no signature.
judge() {
  local words=$scratch/words
  {
    /usr/bin/python3 "$root/test/lib/judge.py" "$scratch/keys" "$@"
    perl "$root/test/lib/judge.pl" "${dns_port:?}" "$@"
    judge_with_opendkim "$@"
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

# opendkim reads a message in its test mode and prints the header that it would add.
judge_with_opendkim() {
  local file opendkim
  opendkim=$(PATH=$PATH:/usr/sbin command -v opendkim)
  printf 'TestPublicKeys %s\nSyslog no\n' "$scratch/keys" >"$scratch/opendkim.conf"
  for file in "$@"; do
    "$opendkim" -x "$scratch/opendkim.conf" -vv -t "$file" 2>&1 | awk -v file="$file" '
      match($0, /dkim=[a-z]+/) {
        word = substr($0, RSTART + 5, RLENGTH - 5)
        if (match($0, /header\.a=[a-z0-9-]+/))
          print file, "opendkim", substr($0, RSTART + 9, RLENGTH - 9), word == "pass" ? "pass" : "fail"
      }'
  done
}
