# shellcheck shell=bash
# What the build and the tests need from the distribution, and how it is installed. Sourced after jdk.sh.
: "${root:?the folder of the checkout}" "${jdk_places:?jdk.sh comes first}"

# kind | what is looked for | Debian's package | CentOS's package (these names were not tried here; some are EPEL's)
package_table='
command mvn                | maven             | maven
command postconf           | postfix           | postfix
postfix mysql              | postfix-mysql     | postfix-mysql
command swaks              | swaks             | swaks
command curl               | curl              | curl
command gsasl              | gsasl             | gsasl
command fail2ban-regex     | fail2ban          | fail2ban
command promtool           | prometheus        | golang-github-prometheus
command dnsmasq            | dnsmasq-base      | dnsmasq
command mariadbd           | mariadb-server    | mariadb-server
command doveadm            | dovecot-core      | dovecot
dovecot imap               | dovecot-imapd     | dovecot
dovecot pop3               | dovecot-pop3d     | dovecot
dovecot lmtp               | dovecot-lmtpd     | dovecot
dovecot auth/libauthdb_lua.so | dovecot-auth-lua | dovecot-lua
command opendkim           | opendkim          | opendkim
command clamd              | clamav-daemon     | clamd
command clamav-milter      | clamav-milter     | clamav-milter
command spamd              | spamd             | spamassassin
command spamass-milter     | spamass-milter    | spamass-milter
command postsrsd           | postsrsd          | postsrsd
command openssl            | openssl           | openssl
command ps                 | procps            | procps-ng
command man                | man-db            | man-db
command flock              | util-linux        | util-linux
command debootstrap        | debootstrap       | debootstrap
command systemd-analyze    | systemd           | systemd
command shellcheck         | shellcheck        | ShellCheck
command git                | git               | git
command rpmbuild           | rpm               | rpm-build
command rpmlint            | rpmlint           | rpmlint
command checkmodule        | checkpolicy       | checkpolicy
command semodule_package   | semodule-utils    | policycoreutils
command /usr/bin/python3   | python3           | python3
python  dkim               | python3-dkim      | python3-dkimpy
python  authres            | python3-authres   | python3-authres
python  nacl               | python3-nacl      | python3-pynacl
perl    Mail::DKIM         | libmail-dkim-perl | perl-Mail-DKIM
perl    Net::DNS           | libnet-dns-perl   | perl-Net-DNS
perl    Mail::DMARC        | libmail-dmarc-perl | perl-Mail-DMARC
'

# is_there KIND NAME: the program, the module, the kind of Postfix map or the service of Dovecot is installed (programs in sbin
# count too).
is_there() {
  case $1 in
    command) PATH=$PATH:/usr/sbin:/sbin command -v "$2" >/dev/null ;;
    python) /usr/bin/python3 -c "import $2" 2>/dev/null ;;
    perl) perl -e "require $2" 2>/dev/null ;;
    postfix) PATH=$PATH:/usr/sbin:/sbin postconf -m 2>/dev/null | grep -x "$2" >/dev/null ;;
    dovecot) has_dovecot "$2" ;;
    *) return 1 ;;
  esac
}

# Debian and CentOS have Dovecot's services and modules in different folders.
has_dovecot() {
  local folder
  for folder in /usr/lib/dovecot /usr/lib/dovecot/modules /usr/libexec/dovecot /usr/lib64/dovecot; do
    [[ ! -e $folder/$1 ]] || return 0
  done
  return 1
}

# apt, dnf, or nothing that is known here.
package_system() {
  if command -v apt-get >/dev/null; then
    echo apt
  elif command -v dnf >/dev/null; then
    echo dnf
  else
    echo unknown
  fi
}

# missing_packages SYSTEM: the names of the packages to install, without the JDK, one a line.
missing_packages() {
  local kind name debian centos
  while IFS=$' |\t' read -r kind name debian centos; do
    if [[ -z $kind ]] || is_there "$kind" "$name"; then continue; fi
    if [[ $1 == dnf ]]; then echo "$centos"; else echo "$debian"; fi
  done <<<"$package_table"
}

jdk_package() {
  if [[ $1 == dnf ]]; then echo java-25-openjdk-devel; else echo openjdk-25-jdk-headless; fi
}

# True if the distribution, as its package lists stand now, offers the package.
is_offered() {
  case $1 in
    apt) [[ $(LC_ALL=C apt-cache policy "$2") == *"Candidate: "[0-9]* ]] ;;
    dnf) dnf -q list --available "$2" >/dev/null 2>&1 ;;
    *) return 1 ;;
  esac
}

no_jdk_here() {
  echo "No JDK 25 found (looked at: $jdk_places), and this distribution has no package $1." >&2
  echo "Install any JDK 25 into one of these places, or set JAVA_HOME, and start again." >&2
}

# need_packages [--tell]: installs what is missing after saying so; with --tell says it only, status 1 if anything is.
need_packages() {
  local system missing
  system=$(package_system)
  mapfile -t missing < <(missing_packages "$system")
  find_jdk || missing+=("$(jdk_package "$system")")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  echo "Missing on this machine: ${missing[*]}"
  if [[ ${1:-} == --tell ]]; then
    echo "Nothing was installed, as --no-install asks."
    return 1
  fi
  if [[ $system == unknown ]]; then
    echo "Neither apt-get nor dnf is here: install them by hand and start again." >&2
    return 1
  fi
  if [[ $(id -u) != 0 ]]; then
    echo "Installing them takes root: start this once as root." >&2
    return 1
  fi
  # shellcheck source=test/lib/install.sh
  . "$root/test/lib/install.sh"
  install_packages "$system" "${missing[@]}"
  if ! find_jdk; then
    no_jdk_here "$(jdk_package "$system")"
    return 1
  fi
}
