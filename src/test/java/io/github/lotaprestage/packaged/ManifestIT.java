package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A long inventory in little memory.
@Timeout(120)
class ManifestIT {

  private static final int COUNT = Integer.getInteger("lota.prestage.names", 50_000);

  private static final String MANIFEST =
      """
      {"destinationBucket": "arn:aws:s3:::other-bucket", "fileFormat": "CSV",
       "fileSchema": "Bucket, Key, Size", "files": [{"key": "1.csv.gz"}]}
      """;

  private static byte[] inventory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < COUNT; i++) {
        gzip.write(
            "\"bucket\",\"d%%2Fk%07d\",\"1\"\n".formatted(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void anInventoryOfAnyLengthNeedsNoMemoryAndNoListing() throws Exception {
    byte[] inventory = inventory();
    MemoryOrigin objects = new MemoryOrigin().generate("bucket", COUNT, "d/k%07d"::formatted);
    Origin origin =
        (method, bucket, path, query) ->
            bucket.equals("other-bucket")
                ? Answer.of(
                        200,
                        path.endsWith(".gz")
                            ? inventory
                            : MANIFEST.getBytes(StandardCharsets.UTF_8))
                    .with("ETag", "\"v1\"")
                : objects.send(method, bucket, path, query);
    try (LotaEmulator lota = LotaEmulator.before(origin).countOnly().start()) {
      Program.at(lota)
          .javaOptions("-Xmx64m")
          .json("-q", "--manifest", "s3://other-bucket/manifest.json")
          .exits(0)
          .prestaged(COUNT)
          .summary("metadata_reads", 2);
      assertThat(lota.seen().lists()).isZero();
    }
  }
}
