# shellcheck shell=bash
# Builds the benchmarks when they are stale. Sourced after build.sh of the tests.
: "${root:?the folder of the checkout}"

build_benchmarks() {
  local jar=$root/benchmarks/target/dovetail-benchmarks.jar log=$root/target/benchmarks.build.log
  build_if_stale || return
  if [[ -e $jar && -z $(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$jar" -print -quit) ]]; then
    return
  fi
  echo "Building the benchmarks ..." >&2
  (cd "$root" && mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package -pl benchmarks -am) \
    >"$log" 2>&1 </dev/null || {
    tail -n 60 "$log" >&2
    return 1
  }
  touch "$jar"
}

# bench CLASS ARGUMENT...: a program of dovetail.bench.
bench() {
  bench_command "$@"
  "${bench_command[@]}"
}

# bench_command CLASS ARGUMENT...: sets bench_command, for a program whose process id is wanted. One compiler is enough for it,
# and takes less of the CPU.
bench_command() {
  local class=$1
  shift
  bench_command=("$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m --enable-native-access=ALL-UNNAMED
    -cp "$root/benchmarks/target/dovetail-benchmarks.jar:$root/benchmarks/target/lib/*" "dovetail.bench.$class" "$@")
}
