# shellcheck shell=sh disable=SC2015
# Sourced by the build scripts.

# Finds a Java of at least version 25: JAVA_HOME first, then the java on PATH, then those below
# DIRECTORY (/usr/lib/jvm). Reads the `release` file that every JDK and runtime carries, so that no JVM
# has to start for it.
#   find_java java|javac [DIRECTORY]   leaves its home in $java_home; fails when there is none
find_java() {
  path_java=$(command -v java 2>/dev/null) && path_java=$(readlink -f -- "$path_java")
  for java_home in "${JAVA_HOME:-}" "${path_java%/bin/java}" "${2:-/usr/lib/jvm}"/*; do
    [ -n "$java_home" ] && [ -x "$java_home/bin/$1" ] && [ -r "$java_home/release" ] || continue
    while IFS='=' read -r name value || [ -n "$name" ]; do
      [ "$name" = JAVA_VERSION ] || continue
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge 25 ] && return 0
    done <"$java_home/release"
  done
  echo "lota-prestage: no Java 25 or newer found in JAVA_HOME, PATH or ${2:-/usr/lib/jvm};" \
    "install one (for example Temurin 25) or point JAVA_HOME at it" >&2
  return 1
}
