# shellcheck shell=bash
# The servers that are asked who may log in, each started alone over the MariaDB of this run. start_... sets auth_pid, which has
# all of its processes, and auth_socket. Sourced by benchmarks/auth after system.sh and mariadb.sh.
: "${root:?the folder of the checkout}" "${scratch:=}" "${mariadb_socket:=}" "${dovetail_pid:=}"

# configure_auth [LINE]...: Dovetail's settings, with these for [auth]. All else is as it comes.
configure_auth() {
  mkdir -p "$scratch/keys.d" "$scratch/conf.d"
  database=$(database_settings dovetail)
  write_settings
  cat >"$scratch/conf.d/auth.toml" <<EOT
[auth]
enabled = true
listen = ["unix:$scratch/auth.socket"]
userdb_listen = []
dict_auth_listen = []
dict_listen = []
EOT
  printf '%s\n' "$@" >>"$scratch/conf.d/auth.toml"
  dovetail check-config >/dev/null
}

# fill_auth SCHEME: the accounts in Dovetail's database, with passwords in it, and a table for Dovecot.
fill_auth() {
  dovetail database migrate
  { echo domain && for i in {00..99}; do echo "c$i.example"; done; } | dovetail domain load - >/dev/null
  dovetail mailbox load "$scratch/accounts/$1.mailboxes" >/dev/null
  # Dovecot takes no password with spaces.
  sql "ALTER USER 'dovecot'@'localhost' IDENTIFIED BY 'sesame'"
  sql "CREATE TABLE accounts (address VARCHAR(255) CHARACTER SET ascii PRIMARY KEY, password VARCHAR(255) NOT NULL)" dovecot
}

# take_scheme SCHEME: the passwords of Dovecot's accounts, of which give_passwords gives Dovetail's the same.
take_scheme() {
  sql "TRUNCATE accounts" dovecot
  mariadb --no-defaults --socket="$mariadb_socket" --user=root --local-infile=1 \
    --execute="LOAD DATA LOCAL INFILE '$scratch/accounts/$1.rows' INTO TABLE accounts" dovecot
}

# give_passwords own|app: gives Dovetail's accounts theirs. Own ones are stored anew as {ARGON2ID} when their owner logs in, app
# passwords never. Only while it does not run, since it would hear nothing of it.
give_passwords() {
  sql "TRUNCATE credentials; TRUNCATE app_passwords" dovetail
  if [[ $1 == own ]]; then
    sql "INSERT INTO credentials (address, label, secret, created, modified)
      SELECT address, 'password', password, 0, 0 FROM dovecot.accounts" dovetail
  else
    sql "INSERT INTO app_passwords (address, label, password, services, created, modified)
      SELECT address, 'bench', password, 'smtp', 0, 0 FROM dovecot.accounts" dovetail
  fi
}

start_dovetail_auth() {
  start_dovetail
  logged 'the database answers' >/dev/null
  auth_pid=$dovetail_pid auth_socket=$scratch/auth.socket
}

# start_dovecot_auth [LINE]...: Dovecot 2.3 with nothing but what Postfix asks; the lines are settings of their own.
start_dovecot_auth() {
  local folder=$scratch/dovecot
  rm -rf "$folder"
  mkdir -p "$folder/run"
  cat >"$folder/sql.conf" <<EOT
driver = mysql
connect = host=$mariadb_socket dbname=dovecot user=dovecot password=sesame
password_query = SELECT password FROM accounts WHERE address = '%u'
EOT
  chmod 600 "$folder/sql.conf"
  cat >"$folder/dovecot.conf" <<EOT
base_dir = $folder/run
state_dir = $folder/run
log_path = $folder/log
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
auth_failure_delay = 0
passdb {
  driver = sql
  args = $folder/sql.conf
}
service auth {
  client_limit = 1000
  unix_listener auth-client {
    mode = 0666
  }
}
EOT
  printf '%s\n' "$@" >>"$folder/dovecot.conf"
  dovecot -F -c "$folder/dovecot.conf" >"$folder/start" 2>&1 </dev/null &
  auth_pid=$! auth_socket=$folder/run/auth-client
  at_end stop_process "$auth_pid"
  wait_for 20 test -S "$auth_socket" && return
  echo "Dovecot does not listen; its log:" >&2
  cat "$folder/start" "$folder/log" >&2
  return 1
}

# fill_storm: all accounts get one password, stored as Dovetail stores it.
fill_storm() {
  local stored
  echo "sesame in a storm" | dovetail mailbox add storm@c00.example --password-stdin >/dev/null
  stored=$(sql "SELECT secret FROM credentials WHERE address = 'storm@c00.example'" dovetail)
  sql "REPLACE INTO credentials (address, label, secret, created, modified)
    SELECT address, 'password', '$stored', 0, 0 FROM mailboxes" dovetail
  sed -i 's/\t.*/\tsesame in a storm/' "$scratch/accounts/logins"
}

stop_auth() {
  stop_process "$auth_pid"
}
