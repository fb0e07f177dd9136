# shellcheck shell=bash disable=SC2154
# Sourced by scripts/test-cluster: builds the image on a base without the program, runs it with podman as a pod does,
# and publishes it in a registry of its own.

mkdir -p "$dir/podman" "$dir/registry"
cat >"$dir/podman/storage.conf" <<EOF
[storage]
driver = "overlay"
graphroot = "$dir/podman/graph"
runroot = "$dir/podman/run"
EOF
# crun refuses hosts with both versions of control groups, and systemd may be missing.
cat >"$dir/podman/containers.conf" <<EOF
[containers]
default_ulimits = []
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
EOF
export CONTAINERS_STORAGE_CONF=$dir/podman/storage.conf CONTAINERS_CONF=$dir/podman/containers.conf

# image_run NAME [PODMAN-OPTION...] -- ARGUMENT...: in the foreground, as the manifests do.
image_run() {
  local name=$1 options=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  podman run --rm --name "$ID-$name" --network host --read-only --read-only-tmpfs=false --user 65532 --memory 256m \
    --cap-drop all \
    -e LOTA_PRESTAGE_PATH_STYLE=true -e AWS_ENDPOINT_URL="http://127.0.0.1:$port" \
    -e AWS_ACCESS_KEY_ID=a -e AWS_SECRET_ACCESS_KEY=b "${options[@]}" "$image" "${@:2}" \
    </dev/null >"$dir/out" 2>"$dir/err"
}

# exits CODE WHAT ARGUMENT...
exits() {
  local code=0
  image_run exit -- -o json -q "${@:3}" || code=$?
  check "exit code $1: $2" "$1" $code
}

# stopped WHERE POINT ARGUMENT...: podman stop while the run is at a point that the store knows.
stopped() {
  local code=0 begin run
  image_run stop -- -o json "${@:3}" &
  run=$!
  await "$dir/store.awkward" "$2"
  begin=$SECONDS
  podman stop -t 30 "$ID-stop" >/dev/null
  wait $run || code=$?
  [ $((SECONDS - begin)) -le 20 ] || code="$code after $((SECONDS - begin)) s"
  check "podman stop $1" "143 interrupted" "$code $(jq -r 'select(.type == "summary").status' "$dir/out")"
}

base=localhost/$ID-base
printf 'FROM scratch\nCOPY . /\n' >"$dir/podman/Base"
if ! buildah bud -q --isolation chroot -t "$base" -f "$dir/podman/Base" "$dir/root/base" >/dev/null 2>"$dir/err" ||
  ! scripts/image "$base" >"$dir/out" 2>"$dir/err"; then
  skip "the image" "buildah does not work here: $(head -c 300 "$dir/err")"
  return
fi
archive=$(sed -n 's/^built //p' "$dir/out")
first=$(sha256sum <"$archive")
scripts/image "$base" >/dev/null
check "the image is the same when it is built again" "$first" "$(sha256sum <"$archive")"

image=$(podman pull -q "oci-archive:$archive")
port=$port_of_few
if ! image_run first -- --version && grep -qE 'runc|crun|conmon|OCI runtime' "$dir/err"; then
  skip "runs of the image" "podman does not work here: $(head -c 300 "$dir/err")"
  return
fi
check "the image has the version" "lota-prestage $version" "$(<"$dir/out")"
check "its labels" "$version $(git rev-parse HEAD) Apache-2.0" "$(podman image inspect "$image" | jq -r '.[0].Labels |
  [.["org.opencontainers.image.version", "org.opencontainers.image.revision", "org.opencontainers.image.licenses"]] | join(" ")')"
check "its list of jars" "$(cd "$top/lib" && ls -- *-[0-9]*.jar)" "$(
  podman run --rm --entrypoint "$(command -v busybox)" "$image" cat "/opt/lota-prestage/share/sbom/lota-prestage-$version.cdx.json" |
    jq -r '.components[] | "\(.name)-\(.version).jar"' | LC_ALL=C sort)"
for target in s3://bucket/one s3://bucket/nothing/; do
  image_run cache -e LOTA_PRESTAGE_JAVA_OPTS=-Xlog:class+load:stderr -- "$target" || true
  check "its startup cache is used for $target" 1 "$(grep -c 'lotaprestage.Main source: shared objects file' "$dir/err")"
done

exits 0 "everything staged" s3://bucket/
exits 2 "bad usage" --no-such-option
exits 4 "nothing matched" s3://bucket/nothing/
awkward
exits 1 "some objects are missing" s3://bucket/some/
exits 3 "no such bucket" s3://another-bucket/
exits 5 "out of time" --max-duration 3s --grace 1s s3://bucket/held/

# Each point is announced once, so each has a store of its own.
for point in "with requests in flight:held" "while it lists:listing" "while it retries:busy"; do
  awkward
  stopped "${point%:*}" "${point#*:}" "s3://bucket/${point#*:}/"
done

if command -v docker-registry >/dev/null; then
  cat >"$dir/registry/config.yml" <<EOF
version: 0.1
storage: {filesystem: {rootdirectory: $dir/registry/data}}
http: {addr: "127.0.0.1:0"}
EOF
  docker-registry serve "$dir/registry/config.yml" >"$dir/registry/log" 2>&1 &
  pids+=($!)
  await "$dir/registry/log" 'listening on'
  registry=$(grep -o '127.0.0.1:[0-9]*' "$dir/registry/log" | head -1)
  mkdir "$dir/registry/release"
  cp "$archive" "$dir/registry/release/"
  digest=$(scripts/publish-image "$dir/registry/release" "$registry/lota-prestage:v1" --tls-verify=false)
  image=$(podman pull -q --tls-verify=false "$registry/lota-prestage@$digest")
  image_run published -- --version || true
  check "the published image" "lota-prestage $version" "$(<"$dir/out")"
else
  skip "publishing the image" "docker-registry is not installed"
fi
