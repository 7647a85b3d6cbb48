# shellcheck shell=bash
# A Postfix instance of its own: own configuration, queue and data folders, never /etc/postfix. Sourced after scratch.sh;
# start_scratch comes first. Postfix's master process needs root.

postfix_listeners=()

# postfix_listen NAME [-o NAME=VALUE]...: an SMTP server on port[NAME], to be called before start_postfix.
postfix_listen() {
  local number=${port[$1]}
  shift
  postfix_listeners+=("127.0.0.1:$number inet n - n - - smtpd $*")
}

# start_postfix [NAME=VALUE]...: with these settings; everything it accepts goes on to the sink.
start_postfix() {
  if [[ $(id -u) != 0 ]]; then
    echo "Postfix's master process takes root: start this as root." >&2
    return 1
  fi
  postfix_etc=$scratch/postfix/etc
  postfix_queue=$scratch/postfix/queue
  postfix_log=$scratch/postfix/log/mail.log
  mkdir -p "$postfix_etc" "$postfix_queue" "$scratch/postfix/data" "$scratch/postfix/log"
  chown postfix "$scratch/postfix/data"
  write_main_cf "$@" >"$postfix_etc/main.cf"
  write_master_cf >"$postfix_etc/master.cf"
  # Before the start: a start that fails half-way has to be undone as well.
  at_end stop_postfix
  if ! postfix -c "$postfix_etc" start >"$scratch/postfix/start" 2>&1; then
    cat "$scratch/postfix/start" >&2
    [[ ! -e $postfix_log ]] || tail -n 20 "$postfix_log" >&2
    return 1
  fi
  wait_for 20 postfix_listens || {
    echo "Postfix does not listen; its log:" >&2
    tail -n 20 "$postfix_log" >&2
    return 1
  }
}

postfix_listens() {
  local line
  for line in "${postfix_listeners[@]}"; do
    line=${line#*:}
    is_listening "${line%% *}" || return 1
  done
}

stop_postfix() {
  local master=$postfix_queue/pid/master.pid pid
  [[ -s $master ]] || return 0
  pid=$(tr -d ' \n' <"$master")
  is_gone "$pid" && return 0
  postfix -c "$postfix_etc" stop >/dev/null 2>&1
  wait_for 20 is_gone "$pid" || kill -KILL "$pid"
}

# The later of two lines with the same name wins, but warns: hence the arguments replace.
write_main_cf() {
  local setting
  {
    cat <<EOT
compatibility_level = 3.6
queue_directory = $postfix_queue
data_directory = $scratch/postfix/data
maillog_file = $postfix_log
maillog_file_prefixes = $scratch
myhostname = mx.demo.example
mydomain = demo.example
myorigin = demo.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relay_domains = sink.example
relayhost = [127.0.0.1]:${port[sink]}
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
local_recipient_maps =
alias_maps =
alias_database =
biff = no
milter_default_action = tempfail
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
transport_retry_time = 2s
EOT
    for setting in "$@"; do
      printf '%s = %s\n' "${setting%%=*}" "${setting#*=}"
    done
  } | tac | awk '!seen[$1]++' | tac
}

write_master_cf() {
  printf '%s\n' "${postfix_listeners[@]}"
  cat <<'EOT'
pickup    unix  n - n 60  1 pickup
cleanup   unix  n - n -   0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n -   - trivial-rewrite
bounce    unix  - - n -   0 bounce
defer     unix  - - n -   0 bounce
trace     unix  - - n -   0 bounce
verify    unix  - - n -   1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n -   - proxymap
smtp      unix  - - n -   - smtp
relay     unix  - - n -   - smtp
lmtp      unix  - - n -   - lmtp
showq     unix  n - n -   - showq
error     unix  - - n -   - error
retry     unix  - - n -   - error
discard   unix  - - n -   - discard
anvil     unix  - - n -   1 anvil
scache    unix  - - n -   1 scache
tlsmgr    unix  - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
EOT
}

# Nothing waits in the queue any more.
queue_is_empty() {
  postqueue -c "$postfix_etc" -p 2>/dev/null | grep -q '^Mail queue is empty'
}
