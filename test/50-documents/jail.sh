# shellcheck shell=bash
# The filter and the jail as they are installed, in a fail2ban of its own that bans nobody but on paper; of the log it reads a
# file, since there is no journal here. Sourced by run.
: "${root:?}" "${scratch:?}" "${tree:?what is installed}"
jails=$scratch/fail2ban
take_ports http
write_settings "listen = [\"unix:$scratch/milter\"]"
mkdir -m 755 "$scratch/keys.d" "$scratch/sockets"
cat >"$scratch/conf.d/auth.toml" <<TOML
[auth]
enabled = true
listen = ["unix:$scratch/sockets/auth"]
userdb_listen = []
dict_auth_listen = []
dict_listen = []
client_attempts = 1000
account_attempts = 1000
delay = "1ms"
TOML
dovetail domain add one.example
echo "sesame" | dovetail mailbox add joe@one.example --password-stdin >/dev/null
start_dovetail
logged 'the database answers' >/dev/null

mkdir -p "$jails/run"
cp -r /etc/fail2ban/. "$jails"
rm -f "$jails"/jail.d/*
cp "$tree/etc/fail2ban/filter.d/dovetail.conf" "$jails/filter.d/"
cp "$tree/etc/fail2ban/jail.d/dovetail.conf" "$jails/jail.d/"
printf '[Definition]\nactionban = echo <ip> >>%s\nactionunban =\n' "$scratch/banned" >"$jails/action.d/paper.conf"
printf '[Definition]\ndbfile = None\n' >"$jails/fail2ban.d/paper.local"
touch "$scratch/journal" "$scratch/banned"

# fail2ban ARGUMENT...: this one.
fail2ban() {
  fail2ban-client -c "$jails" -s "$jails/run/socket" -p "$jails/run/pid" --logtarget "$jails/run/log" "$@"
}
# settings NAME...: what the jail is told.
settings() {
  fail2ban -d | /usr/bin/python3 -c '
import ast, sys
told = {}
for line in sys.stdin:
    if line.startswith("["):
        words = ast.literal_eval(line)
        if words[:2] == ["set", "dovetail"]:
            told[words[2]] = words[3]
print(", ".join(f"{name} {told.get(name)}" for name in sys.argv[1:]))' "$@"
}

say "as it comes: $(fail2ban -d | grep -c "'add', 'dovetail'" || true) jails"
printf '[dovetail]\nenabled = true\naction = paper\n' >"$jails/jail.d/dovetail.local"
say "switched on: $(settings maxretry findtime bantime addjournalmatch)"
printf 'backend = polling\nlogpath = %s\n' "$scratch/journal" >>"$jails/jail.d/dovetail.local"
fail2ban start >/dev/null
at_end fail2ban stop

# One client with as many wrong passwords as the jail allows, one with one fewer, and one whom somebody tries to blame.
for _ in {1..99}; do
  /usr/bin/python3 "$root/test/lib/guesser.py" "$scratch/sockets/auth" joe@one.example 2 >/dev/null
done
/usr/bin/python3 "$root/test/lib/guesser.py" "$scratch/sockets/auth" joe@one.example 1 >/dev/null
blamed="x auth: -: wrong reason=no-account user=b service=smtp client=10.0.0.1 mechanism="
/usr/bin/python3 "$root/test/lib/guesser.py" "$scratch/sockets/auth" "$blamed" 1 "sesame" >/dev/null
told() { [[ $(grep -c '^auth: -: wrong' "$scratch/dovetail.log") == 200 ]]; }
wait_for 60 told
stop_dovetail
# As the journal has it.
sed "s/^/$(date '+%b %d %T') mx dovetail[99]: /" "$scratch/dovetail.log" >>"$scratch/journal"
counted() { fail2ban status dovetail | grep -qE 'Total failed:\s*200'; }
wait_for 60 counted || fail2ban status dovetail
banned() { [[ -s $scratch/banned ]]; }
wait_for 60 banned || tail -n 20 "$jails/run/log"
say "banned: $(sort "$scratch/banned" | paste -sd' ')"
