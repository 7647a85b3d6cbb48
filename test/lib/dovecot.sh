# shellcheck shell=bash
# A Dovecot of its own: own configuration, sockets and mail folders, never /etc/dovecot. Sourced after scratch.sh;
# start_scratch comes first. Dovecot's master process needs root.
: "${root:?the folder of the checkout}"

# Before its programs, where they are those of a tree beside this system (see tree.sh).
dovecot_chroot=()

# dovecot_series: 2.3 or 2.4.
dovecot_series() {
  "${dovecot_chroot[@]}" dovecot --version | grep -oE '^[0-9]+\.[0-9]+'
}

# start_dovecot FILE...: Dovecot with IMAP, POP3 and LMTP on port[imap], port[pop3] and port[lmtp], and what the files say of
# passdb, userdb and plugins. Mail is in $scratch/mail, of the user mail.
start_dovecot() {
  dovecot_conf=$scratch/dovecot/dovecot.conf
  dovecot_log=$scratch/dovecot/log
  mkdir -p "$scratch/dovecot/run" "$scratch/mail"
  chmod 755 "$scratch/dovecot"
  chown mail:mail "$scratch/mail"
  if [[ $(dovecot_series) == 2.3 ]]; then
    write_dovecot_23 && write_dovecot_common address
  else
    write_dovecot_24 && write_dovecot_common listen
  fi >"$dovecot_conf"
  [[ $# == 0 ]] || cat -- "$@" >>"$dovecot_conf"
  at_end stop_dovecot
  if ! "${dovecot_chroot[@]}" dovecot -c "$dovecot_conf" >"$scratch/dovecot/start" 2>&1; then
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

# dovecot_accounts SOCKET: the settings by which Dovecot 2.3 has its accounts from Dovetail's dict there.
dovecot_accounts() {
  cat >"$scratch/dict.conf.ext" <<CONF
uri = proxy:$1:dovetail
iterate_prefix = userdb/
key passdb {
  key = passdb/%Ls/%u
  format = json
}
key userdb {
  key = userdb/%u
  format = json
}
passdb_objects = passdb
userdb_objects = userdb
CONF
  cat <<CONF
passdb {
  driver = dict
  args = $scratch/dict.conf.ext
}
userdb {
  driver = prefetch
}
userdb {
  driver = dict
  args = $scratch/dict.conf.ext
}
CONF
}

# dovecot_notes SOCKET: the settings by which Dovecot 2.3 tells Dovetail of quota and logins there.
dovecot_notes() {
  cat <<CONF
mail_plugins = quota quota_clone last_login
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_clone_dict = proxy:$1:dovetail
  last_login_dict = proxy:$1:dovetail
  last_login_key = last-login/%u/%s
}
CONF
}

# doveadm ARGUMENT...: of this Dovecot.
doveadm() {
  "${dovecot_chroot[@]}" env doveadm -c "$dovecot_conf" "$@"
}

write_dovecot_23() {
  cat <<EOT
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
mail_location = maildir:~/Maildir
mail_home = $scratch/mail/own/%d/%n
default_internal_user = dovecot
default_login_user = dovenull
EOT
}

write_dovecot_24() {
  cat <<EOT
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
auth_allow_cleartext = yes
auth_mechanisms = plain login
auth_failure_delay = 1 secs
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
mail_driver = maildir
mail_path = ~/Maildir
mail_home = $scratch/mail/own/%{user | domain}/%{user | username}
default_internal_user = dovecot
default_login_user = dovenull
EOT
}

# write_dovecot_common WORD: what both series take; the word is the setting for an address, which has changed its name.
write_dovecot_common() {
  cat <<EOT
base_dir = $scratch/dovecot/run
state_dir = $scratch/dovecot/run
log_path = $dovecot_log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
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
    $1 = 127.0.0.1
    port = ${port[lmtp]}
  }
}
namespace inbox {
  inbox = yes
}
EOT
}
