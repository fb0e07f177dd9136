package io.github.lotaprestage.records.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lotaprestage.plan.ShardBounds;
import io.github.lotaprestage.plan.target.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsFileTest {

  @TempDir private Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("bounds"), content);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ShardBounds bounds =
        new ShardBounds(
            List.of("s3://b/", "--files-from x \"y\"\n"),
            List.of(new S3Uri("b", "a\n\"'\\ é"), new S3Uri("b", "z"), new S3Uri("b", "z")));
    BoundsFile.write(directory.resolve("bounds"), bounds);
    assertThat(BoundsFile.read(directory.resolve("bounds"))).isEqualTo(bounds);
    ShardBounds one = new ShardBounds(List.of("s3://b/"), List.of());
    BoundsFile.write(directory.resolve("bounds"), one);
    assertThat(BoundsFile.read(directory.resolve("bounds"))).isEqualTo(one);
  }

  @Test
  void unknownFieldsAreIgnored() throws IOException {
    String line =
        "{\"new\":[{\"a\":1}],\"type\":\"shard_bounds\",\"count\":2,\"targets\":[\"t\"],"
            + "\"bounds\":[\"s3://b/k\"],\"newer\":{}}";
    assertThat(BoundsFile.read(file(line)).cuts()).containsExactly(new S3Uri("b", "k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~ | is not a JSON object
          [] | is not a JSON object
          s3://b/k | is not JSON
          {"type":"shard_bounds","count":2,"targets":[],"bounds":["s3: | is not JSON
          {} | was not written by --write-shard-bounds
          {"type":"summary","count":2,"targets":[],"bounds":["s3://b/k"]} | was not written by
          {"type":"shard_bounds","count":2,"targets":[]} | has no 'targets' or no 'bounds'
          {"type":"shard_bounds","count":3,"targets":[],"bounds":["s3://b/k"]} | not one less
          {"type":"shard_bounds","targets":[],"bounds":[]} | not one less
          {"type":"shard_bounds","count":2,"targets":[],"bounds":["k"]} | without s3://
          {"type":"shard_bounds","count":2,"targets":[],"bounds":[7]} | a value that is not a string
          {"type":"shard_bounds","count":2,"targets":"t","bounds":["s3://b/k"]} | no array in 'targets'
          {"type":"shard_bounds","count":3,"targets":[],"bounds":["s3://b/l","s3://b/k"]} | not in the order
          {"type":"shard_bounds","count":2,"targets":[],"bounds":["s3://b/😀"]} | beyond U+D7FF
          {"type":"shard_bounds","count":1,"targets":[],"bounds":[]}{} | after its first line
          """)
  void anythingElseIsRefused(String content, String problem) throws IOException {
    Path file = file(content);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundsFile.read(file))
        .withMessageContaining(problem);
  }
}
