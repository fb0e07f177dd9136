package io.github.lotaprestage.cli.values;

import io.github.lotaprestage.plan.Shard;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A shard, such as `0/16`.
public final class Shards implements Converter<Shard> {

  private static final Pattern SHARD = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  @Override
  public Shard convert(String text) {
    Matcher shard = SHARD.matcher(text.strip());
    if (!shard.matches()) {
      throw invalid(text, null);
    }
    int index = Integer.parseInt(shard.group(1));
    int count = Integer.parseInt(shard.group(2));
    if (index >= count || count > Shard.MAX_COUNT) {
      throw invalid(text, null);
    }
    return new Shard(index, count);
  }

  @Override
  public String accepts() {
    return "K/N, such as 0/16, with K from 0 to N-1 and N up to " + Shard.MAX_COUNT;
  }
}
