# shellcheck shell=sh
# Sourced by the launcher: the limits of this process, from /proc and /sys below $root (empty but in
# tests), read with nothing but the shell's own commands.

MIB=1048576
LEAST_MEMORY=96          # MiB; one key in 96 MiB, 20,000 objects too
LEAST_ADDRESS_SPACE=1024 # MiB

# Lowers $least to the smallest number in any FILE of the control group of CONTROLLER that this process
# is in, and of the groups above it. In a container the path may begin outside of what is mounted here.
#   smallest_in_groups CONTROLLER FILE...
smallest_in_groups() {
  controller=$1
  shift
  [ -r "${root-}/proc/self/cgroup" ] || return 0
  while IFS=: read -r _ controllers path; do
    case ,$controllers, in
    *,"$controller",*) base=${root-}/sys/fs/cgroup/$controller ;;
    ,,) base=${root-}/sys/fs/cgroup ;;
    *) continue ;;
    esac
    while [ -n "$path" ] && ! [ -d "$base$path" ]; do
      rest=${path#/*/}
      [ "$rest" != "$path" ] && path=/$rest || path=
    done
    path=${path%/}
    while :; do
      for file in "$@"; do
        smaller_of_file "$base$path/$file"
      done
      [ -n "$path" ] || break
      path=${path%/*}
    done
  done <"${root-}/proc/self/cgroup"
}

# Lowers $least to the number in FILE, if there is one ("max" is none).
smaller_of_file() {
  [ -r "$1" ] && read -r value <"$1" || return 0
  case $value in '' | *[!0-9]*) return 0 ;; esac
  [ "$value" -ge "$least" ] || least=$value
}

# Leaves options for Java in $memory_options, or ends with a message where there is too little memory.
choose_memory_options() {
  memory_options=
  least=9223372036854775807
  [ -r "${root-}/proc/meminfo" ] && read -r _ kib _ <"${root-}/proc/meminfo" && least=$((kib * 1024))
  smallest_in_groups memory memory.max memory.limit_in_bytes
  [ "$least" -ge $((LEAST_MEMORY * MIB)) ] ||
    fail "the memory limit is $((least / MIB)) MiB; at least $LEAST_MEMORY MiB are needed"
  memory=$least
  if [ "$least" -lt $((256 * MIB)) ]; then
    memory_options=-XX:-UseTransparentHugePages # they waste a little
    return
  fi
  # A larger young generation, which would leave no space for the old one in a small heap.
  case "${LOTA_PRESTAGE_JAVA_OPTS-} ${JDK_JAVA_OPTIONS-} ${JAVA_TOOL_OPTIONS-} ${_JAVA_OPTIONS-}" in
  *-Xm* | *-XX:*) ;;
  *) memory_options=-XX:MaxNewSize=64m ;;
  esac
}

# Leaves in $doubts what may keep Java from starting. Java cannot load classes from every path that is
# not ASCII.
#   find_doubts PATH_OF_THE_PROGRAM
find_doubts() {
  doubts=
  for variable in LOTA_PRESTAGE_JAVA_OPTS JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS; do
    eval "[ -n \"\${$variable:-}\" ]" && doubt "$variable"
  done
  case ${LOTA_PRESTAGE_JAVA_OPTS:-} in *jdwp* | *AOTCacheOutput*)
    doubts= # would wait for a debugger, or be done twice
    return
    ;;
  esac
  case $1 in *[!\ -~]*) doubt "the path of the program ($1), and move it" ;; esac
  least=9223372036854775807
  smallest_in_groups pids pids.max
  [ "$least" -ge 256 ] || doubt "the limit on threads (pids.max: $least)"
  # shellcheck disable=SC2046,SC3045 # each shell has -v, -d, -n, and one of the last two
  check_ulimits $(ulimit -v; ulimit -d; ulimit -n; ulimit -u 2>/dev/null || ulimit -p)
}

# check_ulimits ADDRESS_SPACE DATA FILES PROCESSES
check_ulimits() {
  if [ "$1" != unlimited ]; then
    [ "$1" -ge $((LEAST_ADDRESS_SPACE * 1024)) ] ||
      fail "the limit on address space (ulimit -v) is $(($1 / 1024)) MiB; at least $LEAST_ADDRESS_SPACE MiB are needed"
    doubt "the limit on address space (ulimit -v $1)"
    # A quarter is for the heap, 60 % of this. Each of the C library's arenas reserves 64 MiB.
    [ $(($1 * 1024 * 5 / 12)) -ge "$memory" ] ||
      memory_options="$memory_options -XX:MaxRAM=$(($1 * 5 / 12))k"
    export MALLOC_ARENA_MAX=2
  fi
  [ "$2" = unlimited ] || doubt "the limit on data (ulimit -d $2)"
  [ "$3" = unlimited ] || [ "$3" -ge 64 ] || doubt "the limit on open files (ulimit -n $3)"
  [ "${4:-unlimited}" = unlimited ] || [ "$4" -ge 1024 ] || doubt "the limit on threads (ulimit -u $4)"
}

doubt() {
  doubts="${doubts:+$doubts, }$1"
}
