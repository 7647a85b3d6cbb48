# shellcheck shell=bash
# A Dovecot of its own: own configuration, sockets and mail folders, never /etc/dovecot. Sourced after scratch.sh;
# start_scratch comes first. Dovecot's master process needs root.
: "${root:?the folder of the checkout}"

# dovecot_series PROGRAM...: 2.3 or 2.4.
dovecot_series() {
  "${@:-dovecot}" --version | grep -oE '^[0-9]+\.[0-9]+'
}

# start_dovecot FILE...: Dovecot 2.3 with IMAP, POP3 and LMTP on port[imap], port[pop3] and port[lmtp], and what the files say of
# passdb, userdb and plugins. Mail is in $scratch/mail, of the user vmail_user.
start_dovecot() {
  dovecot_conf=$scratch/dovecot/dovecot.conf
  dovecot_log=$scratch/dovecot/log
  mkdir -p "$scratch/dovecot/run" "$scratch/mail"
  chmod 755 "$scratch/dovecot"
  chown mail:mail "$scratch/mail"
  write_dovecot_conf "$@" >"$dovecot_conf"
  at_end stop_dovecot
  if ! dovecot -c "$dovecot_conf" >"$scratch/dovecot/start" 2>&1; then
    cat "$scratch/dovecot/start" >&2
    [[ ! -e $dovecot_log ]] || tail -n 20 "$dovecot_log" >&2
    return 1
  fi
  wait_for 20 dovecot_listens || {
    echo "Dovecot does not listen; its log:" >&2
    tail -n 20 "$dovecot_log" >&2
    return 1
  }
}

dovecot_listens() {
  is_listening "${port[imap]}" && is_listening "${port[pop3]}" && is_listening "${port[lmtp]}"
}

stop_dovecot() {
  local pid
  pid=$(cat "$scratch/dovecot/run/master.pid" 2>/dev/null) || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  wait_for 20 is_gone "$pid" || kill -KILL "$pid"
}

# doveadm ARGUMENT...: of this Dovecot.
doveadm() {
  command doveadm -c "$dovecot_conf" "$@"
}

write_dovecot_conf() {
  cat <<EOT
base_dir = $scratch/dovecot/run
state_dir = $scratch/dovecot/run
log_path = $dovecot_log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
mail_location = maildir:~/Maildir
mail_home = $scratch/mail/own/%d/%n
default_internal_user = dovecot
default_login_user = dovenull
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
    address = 127.0.0.1
    port = ${port[lmtp]}
  }
}
namespace inbox {
  inbox = yes
}
EOT
  [[ $# == 0 ]] || cat -- "$@"
}
