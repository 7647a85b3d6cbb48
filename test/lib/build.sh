# shellcheck shell=bash
# Builds the command from the checkout when it is stale. Sourced after jdk.sh.
: "${root:?the folder of the checkout}"

# True if a source or a pom is newer than the last good build.
build_is_stale() {
  local jar=$root/cli/target/dovetail.jar stamp=$root/target/dovetail.built
  [[ -e $jar && -e $stamp ]] || return 0
  # Folders count too: a source that was removed leaves its mark there.
  [[ -n $(find "$root/pom.xml" "$root/.mvn" "$root"/*/pom.xml "$root"/*/src/main \
    -newer "$stamp" -print -quit) ]]
}

# Quiet unless it fails. Tests and the format check are ./verify's work.
run_build() {
  local log=$root/target/dovetail.build.log stamp=$root/target/dovetail.built
  # Dated before the build: what is edited meanwhile is built next time.
  touch "$stamp.new"
  if ! (cd "$root" && mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
    package -pl cli -am) >"$log" 2>&1 </dev/null; then
    tail -n 60 "$log" >&2
    echo "The build failed; the whole output is in $log" >&2
    return 1
  fi
  keep_classes
  mv "$stamp.new" "$stamp"
}

# keep_classes: an archive of the classes that commands load, without which each takes nearly twice as long to start. Java
# leaves it aside if it does not fit any more.
keep_classes() {
  local scratch archive=$root/target/dovetail.jsa
  need_jdk || return 0
  scratch=$(mktemp -d)
  printf '[database]\nurl = "jdbc:sqlite:%s/dovetail.db"\nkey_file = "%s/secret.key"\n' "$scratch" "$scratch" >"$scratch/dovetail.toml"
  rm -f "$archive"
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=$archive" \
    -jar "$root/cli/target/dovetail.jar" domain list --config "$scratch/dovetail.toml" >"$scratch/log" 2>&1 ||
    { cat "$scratch/log" >&2 && rm -f "$archive"; }
  rm -rf "$scratch"
}

# One build at a time: a second start waits for the first and then finds nothing to do.
build_if_stale() {
  build_is_stale || return 0
  if ! command -v mvn >/dev/null; then
    echo "Maven (mvn) is missing; ./verify installs it." >&2
    return 1
  fi
  mkdir -p "$root/target"
  (
    flock 9
    if build_is_stale; then
      echo "Building Dovetail ..." >&2
      run_build
    fi
  ) 9>"$root/target/dovetail.lock"
}
