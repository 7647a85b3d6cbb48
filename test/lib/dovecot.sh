# shellcheck shell=bash
# A Dovecot 2.3 of its own in $scratch/dovecot, with the accounts of Dovetail. Sourced after scratch.sh.

# start_dovecot [LINE]...: IMAP on port[imap], POP3 on port[pop3], LMTP on port[lmtp]; the lines go to the end of its configuration.
start_dovecot() {
  local folder=$scratch/dovecot
  mkdir -p "$folder/mail"
  chown mail:mail "$folder/mail"
  {
    cat <<EOT
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
service imap-login {
  inet_listener imap {
    port = ${port[imap]}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${port[pop3]}
  }
  inet_listener pop3s {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${port[lmtp]}
  }
}
EOT
    printf '%s\n' "$@"
  } >"$folder/dovecot.conf"
  dovecot -F -c "$folder/dovecot.conf" >"$folder/out" 2>&1 &
  dovecot_pid=$!
  at_end stop_process "$dovecot_pid"
  wait_for 20 dovecot_listens || { cat "$folder/out" >&2 && tail -n 20 "$folder/log" >&2 && return 1; }
}

dovecot_listens() {
  is_listening "${port[imap]}" && is_listening "${port[pop3]}" && is_listening "${port[lmtp]}"
}

# doveadm_here ARGUMENT...: doveadm for that Dovecot.
doveadm_here() {
  doveadm -c "$scratch/dovecot/dovecot.conf" "$@"
}
