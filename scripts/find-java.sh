# shellcheck shell=sh
# Sourced by the launcher and the build scripts.

# Finds a Java of at least version 25: JAVA_HOME first, then the java on PATH, then /usr/lib/jvm.
# Reads the `release` file that every JDK and runtime carries, so that no JVM has to start for it.
#   find_java java|javac   leaves the directory in $java_home; fails when there is none
find_java() {
  path_java=$(command -v java 2>/dev/null) && path_java=$(readlink -f "$path_java")
  for java_home in "${JAVA_HOME:-}" "${path_java%/bin/java}" /usr/lib/jvm/*; do
    [ -x "$java_home/bin/$1" ] && [ -r "$java_home/release" ] || continue
    while IFS='=' read -r name value; do
      [ "$name" = JAVA_VERSION ] || continue
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge 25 ] && return 0
    done <"$java_home/release"
  done
  echo "lota-prestage: no Java 25 or newer found in JAVA_HOME, PATH or /usr/lib/jvm;" \
    "install one (for example Temurin 25) or point JAVA_HOME at it" >&2
  return 1
}
