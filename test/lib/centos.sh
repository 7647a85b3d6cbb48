# shellcheck shell=bash
# A fresh root in which rpm installs packages as on CentOS: a shell, the few programs that Dovetail's scripts call, a Java, and stand-ins for
# the commands of systemd and SELinux, which note how they are called. Nothing of this system is seen there but copies, and /proc while
# something runs. Sourced after scratch.sh and jdk.sh.
: "${scratch:?start_scratch comes first}" "${JAVA_HOME:?need_jdk comes first}"

fresh=$scratch/centos
noted=$fresh/run/noted

# copy_libraries FILE...: what they are linked with, at the same places.
copy_libraries() {
  local library
  { ldd "$@" 2>/dev/null || true; } | sed -nE 's/^\t(.* => )?(\/[^ ]+) \(0x.*/\2/p' | sort -u | while read -r library; do
    [[ -e $fresh$library ]] || install -D -m 755 "$library" "$fresh$library"
  done
}

# copy_programs NAME...: into /usr/bin, wherever they are here.
copy_programs() {
  local name path
  for name in "$@"; do
    path=$(type -P "$name")
    install -m 755 "$path" "$fresh/usr/bin/$name"
    copy_libraries "$path"
  done
}

# stand_in PATH: a script of standard input there.
stand_in() {
  install -D -m 755 /dev/stdin "$fresh$1"
}

make_folders() {
  local device
  mkdir -p "$fresh"/{dev,etc/sysconfig,proc,root,tmp,var/{lib,tmp},run/systemd/system}
  mkdir -p "$fresh"/usr/{bin,lib/{systemd/system,sysusers.d,tmpfiles.d},lib64,libexec,share/{bash-completion/completions,doc,licenses,man/man{1,5,7}}}
  chmod 1777 "$fresh"/{,var/}tmp
  ln -s usr/bin "$fresh/bin"
  ln -s usr/bin "$fresh/sbin"
  ln -s bin "$fresh/usr/sbin"
  ln -s usr/lib "$fresh/lib"
  ln -s usr/lib64 "$fresh/lib64"
  ln -s ../run "$fresh/var/run"
  for device in "null 3" "zero 5" "random 8" "urandom 9"; do
    # shellcheck disable=SC2086 # name and number
    mknod -m 666 "$fresh/dev/"${device% *} c 1 ${device#* }
  done
  # The same names inside as outside, for a socket that both sides know.
  mkdir -p "$fresh$scratch"
  ln -s / "$fresh$fresh"
}

# With the files that are written beside them when a user is made.
make_users() {
  local name
  echo "root:x:0:0:root:/root:/usr/bin/bash" >"$fresh/etc/passwd"
  printf '%s\n' root:x:0: tty:x:5: postfix:x:89: dovecot:x:97: vmail:x:500: nobody:x:65534: >"$fresh/etc/group"
  for name in passwd group shadow gshadow; do
    touch "$fresh/etc/$name" "$fresh/etc/$name-"
  done
  touch "$fresh/etc/.pwd.lock" "$fresh/etc/subuid" "$fresh/etc/subuid-" "$fresh/etc/subgid" "$fresh/etc/subgid-"
}

make_stand_ins() {
  local name
  ln -s true "$fresh/usr/bin/selinuxenabled"
  for name in systemctl semodule load_policy fixfiles; do
    stand_in "/usr/bin/$name" <<'SCRIPT'
#!/usr/bin/bash
echo "${0##*/}${*:+ $*}" >>/run/noted
SCRIPT
  done
  # What package scripts call; systemd's own does the same, in these words.
  stand_in /usr/lib/systemd/systemd-update-helper <<'SCRIPT'
#!/usr/bin/bash
verb=$1
shift
case $verb in
  install-system-units) systemctl --no-reload preset "$@" ;;
  remove-system-units) systemctl --no-reload disable --now "$@" ;;
  mark-restart-system-units) for unit; do systemctl set-property "$unit" Markers=+needs-restart; done ;;
  *) exit 3 ;;
esac
SCRIPT
  mkdir -p "$fresh/etc/selinux/targeted/contexts/files"
  echo SELINUXTYPE=targeted >"$fresh/etc/selinux/config"
  touch "$fresh/etc/selinux/targeted/contexts/files/file_contexts"
}

copy_java() {
  local java=$fresh/usr/lib/jvm/jre-25
  mkdir -p "$java"
  tar -C "$JAVA_HOME" -ch --ignore-failed-read --exclude=./jmods --exclude=./lib/src.zip --exclude=./legal --exclude=./man . 2>/dev/null | tar -x -C "$java"
  copy_libraries "$java/bin/java" "$java"/lib/{libjli,libjava,libnet,libnio,libzip,libextnet,server/libjvm}.so
}

# make_fresh_root: all of the above.
make_fresh_root() {
  make_folders
  make_users
  copy_programs bash cat chmod chown cp cut env getent grep head id ls mkdir mktemp mv readlink rm setpriv sha256sum sleep stat systemd-sysusers tail tr true usermod
  ln -s bash "$fresh/usr/bin/sh"
  make_stand_ins
  copy_java
}

# inside COMMAND ARGUMENT...: runs there, as root; the process id is the command's own.
inside() {
  # shellcheck disable=SC2016 # of that shell
  unshare --mount --propagation private bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" env -i PATH=/usr/bin "$@"' "$fresh" "$@"
}

# fresh_rpm OPTION...: the real rpm, on the fresh root, which has no locales.
fresh_rpm() {
  LC_ALL=C rpm --root "$fresh" --dbpath /var/lib/rpm "$@"
}

# change OPTION...: the same to install, upgrade or remove. Debian's rpm would warn that packages here are dpkg's.
change() {
  local quiet=()
  [[ $(package_system) != apt ]] || quiet=(--force-debian)
  fresh_rpm "${quiet[@]}" "$@"
}

# provide NAME [CAPABILITY]...: installs a package without files that stands for CentOS's of that name.
provide() {
  local name=$1 spec=$scratch/providers/$1.spec
  shift
  mkdir -p "$scratch/providers"
  {
    printf '%s\n' "Name: $name" "Version: 9" "Release: 1" "Summary: Stands for $name" "License: MIT" "BuildArch: noarch"
    [[ $# == 0 ]] || printf 'Provides: %s\n' "$@"
    printf '%s\n' "%description" "No files." "%files"
  } >"$spec"
  rpmbuild -bb --quiet --define "_topdir $scratch/providers" "$spec" >>"$scratch/providers/log" 2>&1
  change -i "$scratch/providers/RPMS/noarch/$name-9-1.noarch.rpm"
}

# What is there, a line each, without rpm's own records and what ends with the system.
what_is_there() {
  (cd "$fresh" && find . \( -path ./var/lib/rpm -o -path ./run -o -path ./proc -o -path './tmp/*' \) -prune -o -print | sed 's/^\.//' | sort)
}
