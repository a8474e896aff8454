# Sourced by ./mvnw and ./trimtab (POSIX sh). Sets and exports JAVA_HOME to a JDK 25 or newer, or
# says in one line how to get one and returns 1. Reads each JDK's `release` file: starts no JVM.

# True if the folder $1 holds a JDK (with javac) of version 25 or newer.
trimtab_is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r trimtab_key trimtab_value || [ -n "$trimtab_key" ]; do
    [ "$trimtab_key" = JAVA_VERSION ] || continue
    trimtab_value=${trimtab_value#\"}
    trimtab_value=${trimtab_value%%[!0-9]*}
    [ "${trimtab_value:-0}" -ge 25 ] && return 0
    return 1
  done <"$1/release"
  return 1
}

# Prints nothing; leaves the answer in trimtab_jdk.
trimtab_search_jdk() {
  for trimtab_jdk in "${JAVA_HOME-}" "${JAVA25_HOME-}"; do
    trimtab_is_jdk25 "$trimtab_jdk" && return 0
  done
  if trimtab_java=$(command -v java) && trimtab_java=$(readlink -f "$trimtab_java"); then
    trimtab_jdk=${trimtab_java%/bin/java}
    trimtab_is_jdk25 "$trimtab_jdk" && return 0
  fi
  for trimtab_jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${HOME-}"/.jdks/* "${HOME-}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    trimtab_is_jdk25 "$trimtab_jdk" && return 0
  done
  return 1
}

trimtab_find_jdk() {
  # The caller may have switched file name patterns off (mvnw does): the search needs them.
  case $- in
  *f*) trimtab_noglob=yes ;;
  *) trimtab_noglob=no ;;
  esac
  set +f
  trimtab_found=yes
  trimtab_search_jdk || trimtab_found=no
  [ "$trimtab_noglob" = no ] || set -f
  if [ "$trimtab_found" = no ]; then
    echo "error: no JDK 25 or newer found; install one (Debian 13: apt install" \
      "openjdk-25-jdk-headless; SDKMAN: sdk install java 25-tem) or set JAVA25_HOME to its folder" >&2
    return 1
  fi
  JAVA_HOME=$trimtab_jdk
  export JAVA_HOME
}
