# shellcheck shell=sh
# Sourced by the launcher: the limits of this process, from /proc and /sys below $root (empty but in
# tests), read with nothing but the shell's own commands.

MIB=1048576
# All in MiB. With less memory, the kernel has to read the program's own files again and again, and the
# run does not end.
LEAST_MEMORY_FOR_A_KEY=96
LEAST_MEMORY=112
BESIDE_THE_HEAP=80
LEAST_HEAP=28 # the old generation has to hold the objects of an AOT cache
LEAST_ADDRESS_SPACE=1024

# Lowers $least to the smallest number in any FILE of the control group of CONTROLLER that this process
# is in, and of the groups above it. In a container the path may begin outside of what is mounted here.
#   smallest_in_groups CONTROLLER FILE...
smallest_in_groups() {
  controller=$1
  shift
  [ -r "${root-}/proc/self/cgroup" ] || return 0
  while IFS=: read -r _ controllers path; do
    case ,$controllers, in
    *,"$controller",*) base=/sys/fs/cgroup/$controller mount="* - cgroup *[ ,]$controller,*" ;;
    ,,) base=/sys/fs/cgroup mount='* - cgroup2 *' ;;
    *) continue ;;
    esac
    [ -d "${root-}$base" ] || find_mount
    base=${root-}$base
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

# Sets $base to where control groups are mounted, if there is a mount whose description is like $mount.
find_mount() {
  [ -r "${root-}/proc/self/mountinfo" ] || return 0
  while read -r _ _ _ _ point description; do
    # shellcheck disable=SC2254 # a pattern
    case $description, in $mount) base=$point ;; esac
  done <"${root-}/proc/self/mountinfo"
}

# Lowers $least to the number in FILE, if there is one ("max" is none).
smaller_of_file() {
  [ -r "$1" ] && read -r value <"$1" || return 0
  case $value in '' | *[!0-9]*) return 0 ;; esac
  [ "$value" -ge "$least" ] || least=$value
}

# Leaves options for Java in $memory_options, or ends with a message where there is too little memory
# for a run of this $kind.
choose_memory_options() {
  memory_options=
  least=9223372036854775807
  [ -r "${root-}/proc/meminfo" ] && read -r _ kib _ <"${root-}/proc/meminfo" && least=$((kib * 1024))
  smallest_in_groups memory memory.max memory.high memory.limit_in_bytes
  memory=$least
  needed=$LEAST_MEMORY
  [ "${kind-}" = key ] && needed=$LEAST_MEMORY_FOR_A_KEY
  [ "$memory" -ge $((needed * MIB)) ] ||
    fail "the memory limit is $((memory / MIB)) MiB, but this run needs at least $needed MiB; raise the memory limit of the container or job (in Kubernetes: resources.limits.memory)"
  options_of_user="${LOTA_PRESTAGE_JAVA_OPTS-} ${JDK_JAVA_OPTIONS-} ${JAVA_TOOL_OPTIONS-} ${_JAVA_OPTIONS-}"
  # Huge pages waste some MiB, which only pays where many objects are staged.
  [ "$kind" = listing ] && [ "$memory" -ge $((256 * MIB)) ] || memory_options=-XX:-UseTransparentHugePages
  # A larger young generation would leave no space for the old one in a small heap.
  case $options_of_user in *-Xm* | *-XX:*) return ;; esac
  if [ "$memory" -ge $((256 * MIB)) ]; then
    memory_options="$memory_options -XX:MaxNewSize=64m"
    return
  fi
  heap=$((memory / MIB - BESIDE_THE_HEAP))
  [ "$heap" -ge $LEAST_HEAP ] || heap=$LEAST_HEAP
  [ "$heap" -le $((memory * 6 / 10 / MIB)) ] || heap=$((memory * 6 / 10 / MIB))
  memory_options="$memory_options -Xmx${heap}m -XX:MaxNewSize=$((heap / 3))m"
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
  [ -e "$PWD" ] || doubt "the current directory, which may have been deleted"
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
