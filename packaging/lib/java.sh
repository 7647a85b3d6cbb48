# shellcheck shell=bash
# Finds the Java that Dovetail runs with, and the cache that lets it start faster. Sourced.
: "${home:?where dovetail.jar is}"

# Sets JAVA_HOME to a Java 25: the one that is set, or that of the package java-25-openjdk-headless.
find_java() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/jre-25 /usr/lib/jvm/jre-25-openjdk /usr/lib/jvm/*25*; do
    if [[ -n $candidate && -x $candidate/bin/java ]] && grep -qs '^JAVA_VERSION="25[.".-]' "$candidate/release"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  echo "dovetail: no Java 25 in JAVA_HOME or /usr/lib/jvm; install java-25-openjdk-headless" >&2
  exit 3
}

# Where the cache of this Java and these jars is. It is good for them alone, so they name it.
aot_cache() {
  local name
  name=$(cat "$JAVA_HOME/release" "$home/digest" 2>/dev/null | sha256sum)
  echo "${DOVETAIL_STATE:-/var/lib/dovetail}/aot/${name:0:32}.aot"
}
