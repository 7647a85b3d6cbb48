# shellcheck shell=bash
# Installs distribution packages without starting a service, touching another package's files in /etc, or asking. Sourced
# by packages.sh.

policy_file=/usr/sbin/policy-rc.d
policy_kept=/usr/sbin/policy-rc.d.kept-by-dovetail

# While this file is there, Debian's packages start no service. One that was there before is put back.
forbid_services() {
  # Left by a run that was killed: that one is the machine's own.
  [[ ! -e $policy_kept ]] || mv -f "$policy_kept" "$policy_file"
  if [[ -e $policy_file ]]; then
    cp -a "$policy_file" "$policy_kept"
  fi
  trap allow_services EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  printf '#!/bin/sh\nexit 101\n' >"$policy_file.new"
  chmod 755 "$policy_file.new"
  mv -f "$policy_file.new" "$policy_file"
}

allow_services() {
  if [[ -e $policy_kept ]]; then
    mv -f "$policy_kept" "$policy_file"
  else
    rm -f "$policy_file"
  fi
}

# --no-remove: another mail server that is installed stays, and the error says so.
install_with_apt() {
  local options=(-q -y --no-install-recommends --no-remove
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update || return
  refuse_unknown_jdk apt "$@" || return
  (
    forbid_services
    apt-get "${options[@]}" install "$@"
  )
}

# CentOS starts no service on installation. Some names are EPEL's, which is not switched on here: that is the owner's choice.
install_with_dnf() {
  refuse_unknown_jdk dnf "$@" || return
  dnf -y --setopt=install_weak_deps=False install "$@"
}

# Says it in our words before the package system does in its own.
refuse_unknown_jdk() {
  local system=$1 jdk name
  shift
  jdk=$(jdk_package "$system")
  for name in "$@"; do
    if [[ $name == "$jdk" ]] && ! is_offered "$system" "$jdk"; then
      no_jdk_here "$jdk"
      return 1
    fi
  done
}

# install_packages SYSTEM PACKAGE...
install_packages() {
  local system=$1
  shift
  echo "Installing them with $system; no service is started."
  "install_with_$system" "$@" </dev/null || {
    echo "The installation failed; see above." >&2
    return 1
  }
}
