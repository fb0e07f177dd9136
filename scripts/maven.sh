# shellcheck shell=bash
# Sourced by the scripts: runs Maven, and so the build, on a JDK of at least version 25.
. scripts/find-java.sh
find_java javac || exit 3
export JAVA_HOME=$java_home

command -v mvn >/dev/null || {
  echo "lota-prestage: Maven (mvn) is needed to build; install it, for example: apt-get install maven" >&2
  exit 3
}

# Names of test files are not ASCII, and Java takes their encoding from the locale.
export LC_ALL=C.UTF-8

# Maven's own libraries use sun.misc.Unsafe, which newer JDKs warn about on every start. Without
# jansi.noreset it prints escape codes even into files.
maven() {
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Djansi.mode=strip -Djansi.noreset=true ${MAVEN_OPTS:-}" \
    mvn -B -Dstyle.color=never "$@"
}
