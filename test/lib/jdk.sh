# shellcheck shell=bash
# Finds a JDK 25 and puts it into JAVA_HOME. Sourced.

# Where a JDK is looked for, in this order; said in the error when there is none.
jdk_places="JAVA_HOME, the javac in PATH, /usr/lib/jvm/*, /usr/java/*, /opt/*"

# True if the folder holds a JDK 25 (a runtime alone has no javac).
is_jdk_25() {
  [[ -x $1/bin/javac && -r $1/release ]] && grep -q '^JAVA_VERSION="25[.".-]' "$1/release"
}

# Exports JAVA_HOME; status 1 and no word when no JDK 25 is there.
find_jdk() {
  local in_path='' candidate
  if in_path=$(command -v javac); then
    in_path=$(readlink -f "$in_path")
    in_path=${in_path%/bin/javac}
  fi
  for candidate in "${JAVA_HOME:-}" "$in_path" /usr/lib/jvm/* /usr/java/* /opt/*; do
    if [[ -n $candidate ]] && is_jdk_25 "$candidate"; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  return 1
}

# The same, with an error for people.
need_jdk() {
  find_jdk && return
  echo "No JDK 25 found. Looked at: $jdk_places." >&2
  echo "./verify installs one where the distribution has it." >&2
  return 1
}
