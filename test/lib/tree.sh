# shellcheck shell=bash
# A tree of Debian 13 beside this system: newer versions of Postfix (3.10), Dovecot (2.4) and MariaDB (11.8). It is made once, in target/, and
# shared by all who need it. Sourced after scratch.sh.
: "${root:?the folder of the checkout}"

tree=$root/target/trixie
tree_packages=postfix,libsasl2-modules,mariadb-server,dovecot-core,dovecot-imapd,dovecot-pop3d,dovecot-lmtpd,dovecot-auth-lua

# Where this system's own packages come from, if they are Debian's.
debian_mirror() {
  { grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null || true; } |
    head -n 1 | tr -d ' '
}

# need_tree: makes it if need be; status 1 if it cannot be made, and says what is missing.
need_tree() {
  local mirror log=$root/target/trixie.log
  # One that was made for less is made anew.
  [[ $(cat "$tree/complete" 2>/dev/null) != "$tree_packages" ]] || return 0
  mirror=$(debian_mirror)
  command -v debootstrap >/dev/null || { echo debootstrap && return 1; }
  [[ -n $mirror ]] || { echo "a source of Debian's packages" && return 1; }
  rm -rf "$tree"
  mkdir -p "$tree"
  debootstrap --variant=minbase --include="$tree_packages" trixie "$tree" "$mirror" >"$log" 2>&1 </dev/null ||
    { echo "Debian 13's packages (see target/trixie.log)" && return 1; }
  echo "$tree_packages" >"$tree/complete"
}

# use_tree: from now on Postfix and MariaDB are the tree's. Wants a mount namespace of its own (unshare --mount); $scratch has
# the same name inside.
use_tree() {
  local program
  mkdir -p "$tree$scratch"
  mount --bind "$scratch" "$tree$scratch"
  mount --rbind /dev "$tree/dev"
  mount -t proc proc "$tree/proc"
  for program in postfix postconf postmap postqueue mariadb mariadb-install-db chown; do
    eval "$program() { chroot '$tree' $program \"\$@\"; }"
  done
  # shellcheck disable=SC2034 # of dovecot.sh
  dovecot_chroot=(chroot "$tree")
  # This one is started in the background, and ended by its process id.
  mariadbd() { exec chroot "$tree" mariadbd "$@"; }
}

# What the tree has, a line.
tree_versions() {
  echo "Postfix $(chroot "$tree" postconf -dh mail_version), Dovecot $(chroot "$tree" dovecot --version | cut -d' ' -f1), $(chroot "$tree" mariadbd --version | grep -o '[0-9.]*-MariaDB' | head -n 1)"
}
