# shellcheck shell=bash disable=SC2154
# Sourced by scripts/test-cluster: shards side by side, by hash and by range, and their common verdict.

port=$port_of_few
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b LOTA_PRESTAGE_PATH_STYLE=true

# lists FILE...: the LISTs of these runs, by their metrics.
lists() { sed -n 's/^lota_prestage_requests{.*kind="list".*} *//p' "$@" | awk '{ n += $1 } END { print n + 0 }'; }

# shards HOW COUNT MOST-LISTS [OPTION...]
shards() {
  local how=$1 count=$2 most=$3 runs=() code=0 k keys sum
  rm -f "$dir"/shard.*
  for ((k = 0; k < count; k++)); do
    JOB_COMPLETION_INDEX=$k "$top/bin/lota-prestage" -o json --shards "$count" --metrics-file "$dir/shard.$k.prom" \
      --summary-file "$dir/shard.$k.json" "${@:4}" s3://bucket/ >"$dir/shard.$k" 2>"$dir/shard.$k.err" &
    runs+=($!)
  done
  for k in "${runs[@]}"; do
    wait "$k" || code=$?
  done
  keys=$(cat "$dir"/shard.*[0-9] | jq -r 'select(.type == "object" and .status == "prestaged").key' | sort | uniq -c |
    awk '{ if ($1 == 1) once++; else more++ } END { print once + 0, more + 0 }')
  check "$count shards by $how: each key once" "0 20000 0" "$code $keys"
  sum=$(lists "$dir"/shard.*.prom)
  check "$count shards by $how: at most $most LISTs" yes "$([ "$sum" -le "$most" ] && echo yes || echo "$sum")"

  code=0
  "$top/bin/lota-prestage" -o json --merge-summaries "$dir"/shard.*.json >"$dir/out" 2>"$dir/err" || code=$?
  check "$count shards by $how: one verdict" "0 20000" "$code $(staged)"
  rm "$dir/shard.$((count - 1)).json"
  code=0
  "$top/bin/lota-prestage" -o json --merge-summaries "$dir"/shard.*.json >"$dir/out" 2>"$dir/err" || code=$?
  check "$count shards by $how: the missing one is named" "3 [$((count - 1))]" \
    "$code $(jq -c 'select(.type == "summary").shards.missing' "$dir/out")"
}

"$top/bin/lota-prestage" -q -n --metrics-file "$dir/alone.prom" s3://bucket/ >/dev/null
alone=$(lists "$dir/alone.prom")
for count in 3 16; do
  # Decision 51: by hash every shard lists everything; by range each adds 31 LISTs at most.
  shards hash $count $((2 * count * alone))
  "$top/bin/lota-prestage" -n -q --shards $count --write-shard-bounds "$dir/bounds.json" s3://bucket/ >/dev/null
  shards range $count $((alone + 31 * count)) --shard-bounds "$dir/bounds.json"
done
