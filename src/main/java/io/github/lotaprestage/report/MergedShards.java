package io.github.lotaprestage.report;

import java.util.List;

/// Which shards the merged summaries are of.
///
/// @param count of all shards
/// @param missing shards without a summary, from 0
/// @param repeated shards with several summaries, from 0
public record MergedShards(long count, List<Long> missing, List<Long> repeated) {}
