# shellcheck shell=bash
# A MariaDB of its own in $scratch, on a unix socket and nowhere else. Sourced after scratch.sh.

# start_mariadb: makes its folder if need be, starts it and waits until it answers. Sets mariadb_socket and mariadb_pid.
start_mariadb() {
  local folder=$scratch/mariadb
  mariadb_socket=$folder/socket
  if [[ ! -d $folder ]]; then
    mkdir "$folder"
    mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db \
      --user=root >"$folder/install.log" 2>&1 || { cat "$folder/install.log" >&2 && return 1; }
  fi
  mariadbd --no-defaults --user=root --datadir="$folder/data" --socket="$mariadb_socket" --pid-file="$folder/pid" \
    --skip-networking --innodb-buffer-pool-size=64M >>"$folder/log" 2>&1 &
  mariadb_pid=$!
  at_end stop_process "$mariadb_pid"
  wait_for 60 mariadb_answers || { tail -n 20 "$folder/log" >&2 && return 1; }
}

mariadb_answers() {
  sql 'SELECT 1' >/dev/null 2>&1
}

# sql STATEMENT [DATABASE]: runs it as root, and prints what it finds, apart by tabs.
sql() {
  mariadb --no-defaults --socket="$mariadb_socket" --user=root --batch --skip-column-names --execute="$1" "${2:-}"
}

# make_database NAME: an empty database with a login of that name, which may do everything in it; the password's file is
# $scratch/NAME.password.
make_database() {
  echo "secret of $1" >"$scratch/$1.password"
  sql "CREATE DATABASE $1; CREATE USER '$1'@'localhost' IDENTIFIED BY 'secret of $1'; GRANT ALL ON $1.* TO '$1'@'localhost'"
}

# database_settings NAME: the lines of [database] for it.
database_settings() {
  cat <<EOT
url = "jdbc:mariadb://localhost/$1?localSocket=$mariadb_socket"
user = "$1"
password_file = "$scratch/$1.password"
key_file = "$scratch/secret.key"
EOT
}
