# shellcheck shell=bash
# Sourced by the scripts that run the programs of src/tools.
. scripts/maven.sh

# tool [JVM_OPTION...] CLASS [ARGUMENT...]: becomes one of the programs of src/tools. The libraries in it
# log nothing, as in the tests.
tool() {
  exec "$JAVA_HOME/bin/java" \
    -Dslf4j.provider=io.github.lotaprestage.log.LogProvider -Dslf4j.internal.verbosity=WARN \
    -Dlota.prestage.program="$PWD/target/dist/lota-prestage/bin/lota-prestage" \
    -Djdk.net.hosts.file="$PWD/src/tools/resources/hosts" \
    -cp "target/test-classes:target/classes:$(<target/test.classpath)" "$@"
}
