package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.S3ProxyServer;
import io.github.lotaprestage.fixture.TestStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--manifest` from its arguments to the keys that are staged, on a real store behind LOTA.
@Timeout(120)
class ManifestTest {

  private static final String INDEX =
      """
      {"metadata": {"total_size": 7},
       "weight_map": {"a.weight": "model-00001-of-00002.safetensors",
                      "b.weight": "model-00002-of-00002.safetensors",
                      "c.weight": "model-00001-of-00002.safetensors"}}
      """;

  private static final String SHARDS =
      """
      {"version": 2, "shards": [
        {"format": "mds", "raw_data": {"basename": "s/shard.0.mds", "bytes": 4, "hashes": {}},
         "zip_data": {"basename": "s/shard.0.mds.zstd", "bytes": 2, "hashes": {}}},
        {"format": "json", "raw_data": {"basename": "shard.1.json", "bytes": 3},
         "raw_meta": {"basename": "shard.1.json.meta", "bytes": 1},
         "zip_data": null, "zip_meta": null}]}
      """;

  private final TestStore store = new S3ProxyServer();
  private final LotaEmulator lota =
      LotaEmulator.before(store.origin())
          .keepNothing()
          .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
          .start();

  @TempDir private Path directory;

  @BeforeEach
  void create() {
    store.createBucket("bucket");
    store.createBucket("other-bucket");
  }

  @AfterEach
  void stop() {
    lota.close();
    store.close();
  }

  private void put(String bucket, String key, String text) {
    store.put(bucket, key, text.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private void putModel() {
    put("bucket", "m/model.safetensors.index.json", INDEX);
    put("bucket", "m/model-00001-of-00002.safetensors", "1234");
    put("bucket", "m/model-00002-of-00002.safetensors", "123");
    put("bucket", "m/pytorch_model.bin", "twin");
  }

  private void putDataset() {
    put("bucket", "d/index.json", SHARDS);
    put("bucket", "d/s/shard.0.mds.zstd", "12");
    put("bucket", "d/s/shard.0.mds", "1234");
    put("bucket", "d/shard.1.json", "123");
    put("bucket", "d/shard.1.json.meta", "1");
  }

  private Set<String> staged() {
    return lota.seen().successes().keySet();
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aModelIsItsWeightsAndItsIndex() {
    putModel();
    Cli.at(lota)
        .json("--manifest s3://bucket/m/model.safetensors.index.json")
        .exits(0)
        .prestaged(3)
        .summary("metadata_reads", 1);
    assertThat(staged())
        .containsExactlyInAnyOrder(
            "s3://bucket/m/model-00001-of-00002.safetensors",
            "s3://bucket/m/model-00002-of-00002.safetensors",
            "s3://bucket/m/model.safetensors.index.json");
    assertThat(lota.seen().lists()).isZero();
  }

  @Test
  void theLogNamesWhatIsNotStaged() {
    putModel();
    Cli.at(lota)
        .run("-v --manifest s3://bucket/m/model.safetensors.index.json")
        .exits(0)
        .errContains("s3://bucket/m/ also contains, not staged: pytorch_model.bin");
    assertThat(lota.seen().lists()).isEqualTo(1);
  }

  @Test
  void aDatasetIsItsCompressedShardsWhereThereAreSuch() {
    putDataset();
    Cli.at(lota).run("--manifest s3://bucket/d/index.json").exits(0).prestaged(4);
    assertThat(staged())
        .containsExactlyInAnyOrder(
            "s3://bucket/d/s/shard.0.mds.zstd",
            "s3://bucket/d/shard.1.json",
            "s3://bucket/d/shard.1.json.meta",
            "s3://bucket/d/index.json");
  }

  @Test
  void aFileNeedsThePrefixThatItsNamesBelongTo() throws IOException {
    putModel();
    Path index = Files.writeString(directory.resolve("model.safetensors.index.json"), INDEX);
    Cli.at(lota).run("--manifest", index, "s3://bucket/m/").exits(0).prestaged(3);
    Cli.at(lota)
        .run("--manifest", index)
        .exits(2)
        .says(
            "the manifest names files beside it; give the prefix that they belong to as the only TARGET");
    Cli.at(lota).run("--bucket bucket --manifest", index).exits(2).says("names files beside it");
    Cli.at(lota)
        .run("--bucket bucket --prefix m/ --manifest", index)
        .exits(3)
        .errContains("names files beside it");
  }

  @Test
  void standardInputIsReadOnce() {
    putModel();
    Cli.at(lota).input(INDEX).run("--manifest - s3://bucket/m/").exits(0).prestaged(2);
    Cli.at(lota)
        .input(INDEX)
        .run("--manifest - --files-from - s3://bucket/m/")
        .exits(2)
        .says("standard input can be read only once");
  }

  @Test
  void aMissingObjectFailsWithTheNameOfTheManifest() {
    putModel();
    put("bucket", "m/model.safetensors.index.json", INDEX.replace("00002-of", "00009-of"));
    for (String options : List.of("", "-n ")) {
      Result result =
          Cli.at(lota)
              .json(options + "--manifest s3://bucket/m/model.safetensors.index.json")
              .exits(1)
              .failed(1);
      result.object("m/model-00009-of-00002.safetensors", "status", "failed");
      assertThat(result.out())
          .contains("no such key; --manifest s3://bucket/m/model.safetensors.index.json names it");
    }
  }

  @Test
  void sizesOfAManifestSaveListsInADryRun() {
    putDataset();
    Cli.at(lota)
        .json("-n --manifest s3://bucket/d/index.json")
        .exits(0)
        .planned(4)
        .object("d/s/shard.0.mds.zstd", "size", 2);
    assertThat(lota.seen().lists()).isEqualTo(1); // for the index itself
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void filtersUseTheSizesOfAManifest() {
    putDataset();
    Cli.at(lota).run("--max-size 2 --manifest s3://bucket/d/index.json").exits(0).prestaged(2);
    assertThat(staged())
        .containsExactlyInAnyOrder(
            "s3://bucket/d/s/shard.0.mds.zstd", "s3://bucket/d/shard.1.json.meta");
  }

  @Test
  void aSizeThatIsNotTrueAnyMoreIsNoFailure() {
    putDataset();
    put("bucket", "d/shard.1.json", "12345");
    Cli.at(lota)
        .json("--manifest s3://bucket/d/index.json")
        .exits(0)
        .prestaged(4)
        .object("d/shard.1.json", "changed", true)
        .object("d/shard.1.json", "size", 5);
  }

  @Test
  void aSizeOfZeroIsNotBelieved() {
    putDataset();
    put("bucket", "d/index.json", SHARDS.replace("\"bytes\": 3", "\"bytes\": 0"));
    Cli.at(lota).run("--manifest s3://bucket/d/index.json").exits(0).prestaged(4);
  }

  @Test
  void aBatchManifestNamesBucketsAndEncodedKeys() throws IOException {
    put("bucket", "a b/1", "1");
    put("other-bucket", "x,y", "1");
    put("other-bucket", "100%", "1");
    Path csv =
        Files.writeString(
            directory.resolve("batch.csv"),
            "bucket,a+b/1\r\n\"other-bucket\",\"x%2Cy\"\nother-bucket,100%25,3HL4kqtJvjVBH40Nrjfkd\n");
    Cli.at(lota)
        .run("--manifest", csv)
        .exits(0)
        .prestaged(3)
        .says("version ids in a manifest are ignored");
    assertThat(staged())
        .containsExactlyInAnyOrder(
            "s3://bucket/a b/1", "s3://other-bucket/x,y", "s3://other-bucket/100%");
  }

  @Test
  void anInventoryIsReadFromTheStore() throws IOException {
    put("bucket", "k/1", "1");
    put("bucket", "k/2", "22");
    put("bucket", "k/3", "333");
    store.put(
        "other-bucket",
        "inv/data/1.csv.gz",
        gzipped(
            """
            "bucket","k%2F1","1","true","false"
            "bucket","k%2F1","9","false","false"
            "bucket","k%2Fgone","","true","true"
            """),
        "text/plain");
    store.put(
        "other-bucket",
        "inv/data/2.csv.gz",
        gzipped("\"bucket\",\"k/2\",\"2\",\"true\",\"false\"\n"),
        "x/y");
    put(
        "other-bucket",
        "inv/manifest.json",
        """
        {"sourceBucket": "bucket", "destinationBucket": "arn:aws:s3:::other-bucket", "version": "2016-11-30",
         "fileFormat": "CSV", "fileSchema": "Bucket, Key, Size, IsLatest, IsDeleteMarker",
         "files": [{"key": "inv/data/1.csv.gz", "size": 7, "MD5checksum": "x"},
                   {"key": "inv/data/2.csv.gz", "size": 7, "MD5checksum": "x"}]}
        """);
    Cli.at(lota)
        .json("--manifest s3://other-bucket/inv/manifest.json")
        .exits(0)
        .prestaged(2)
        .summary("metadata_reads", 3);
    assertThat(staged()).containsExactlyInAnyOrder("s3://bucket/k/1", "s3://bucket/k/2");
  }

  /// The TARGET is the place of relative names, and a manifest of whole names has none.
  @Test
  void aPrefixBesideAManifestOfWholeNamesIsNotLeftOutInSilence() throws IOException {
    putModel();
    put("bucket", "d/1", "1");
    Path csv = Files.writeString(directory.resolve("m.csv"), "bucket,d%2F1\n");
    Cli.at(lota)
        .run("--manifest", csv, "s3://bucket/m/")
        .exits(2)
        .says("names whole objects, so s3://bucket/m/ would not be staged");
    assertThat(staged()).isEmpty();
    Cli.at(lota)
        .run("--manifest", csv, "--manifest", csv, "s3://bucket/m/")
        .exits(2)
        .errContains("names whole objects");
    Cli.at(lota).run("--bucket bucket --manifest", csv).exits(0).prestaged(1);
    Cli.at(lota).run("--manifest", csv, "s3://bucket/m/model-00001-of-00002.safetensors").exits(0);
    Path list = Files.writeString(directory.resolve("keys"), "pytorch_model.bin\n");
    Cli.at(lota)
        .run("--manifest", csv, "--files-from", list, "s3://bucket/m/")
        .exits(0)
        .prestaged(2);
  }

  /// The inventory was made before the object was replaced.
  @Test
  void theJournalIsComparedWithTheStoreAndNotWithAnInventory() throws IOException {
    put("bucket", "k/1", "1");
    put(
        "other-bucket",
        "inv/1.csv",
        "\"bucket\",\"k/1\",\"1\",\"c4ca4238a0b923820dcc509a6f75849b\"\n");
    put(
        "other-bucket",
        "inv/manifest.json",
        """
        {"sourceBucket": "bucket", "destinationBucket": "arn:aws:s3:::other-bucket",
         "fileFormat": "CSV", "fileSchema": "Bucket, Key, Size, ETag",
         "files": [{"key": "inv/1.csv", "size": 7, "MD5checksum": "x"}]}
        """);
    Path journal = directory.resolve("journal");
    String manifest = "--manifest s3://other-bucket/inv/manifest.json --journal";
    Cli.at(lota).json(manifest, journal).exits(0).prestaged(1);
    Cli.at(lota).json(manifest, journal).exits(0).prestaged(0).skipped(1);
    put("bucket", "k/1", "2");
    Cli.at(lota).json(manifest, journal).exits(0).prestaged(1).skipped(0);
    put("other-bucket", "inv/1.csv", "\"bucket\",\"k/gone\",\"1\",\"etag\"\n");
    Files.writeString(
        journal,
        """
        {"type":"journal","version":1}
        {"type":"prestaged","bucket":"bucket","key":"k/gone","etag":"etag","endpoint":"%s","at":"%s"}
        """
            .formatted(lota.endpoint(), Instant.now()));
    Cli.at(lota).json(manifest, journal).exits(1).prestaged(0).skipped(0).failed(1);
  }

  @Test
  void whatCannotBeReadIsAProblemOfTheRun() {
    putModel();
    Cli.at(lota)
        .json("--manifest s3://bucket/m/none.json s3://bucket/m/pytorch_model.bin")
        .exits(3)
        .errContains("GET s3://bucket/m/none.json: NoSuchKey")
        .prestaged(1)
        .summary("listing_complete", false);
  }

  @Test
  void manifestsAddUpWithListsAndTargets() {
    putModel();
    putDataset();
    Cli.at(lota)
        .run(
            "--manifest s3://bucket/d/index.json --manifest"
                + " s3://bucket/m/model.safetensors.index.json s3://bucket/m/pytorch_model.bin")
        .exits(0)
        .prestaged(8);
  }

  @Test
  void compressedManifestsAreKnownByTheirContent() throws IOException {
    putDataset();
    Cli.at(lota)
        .input(new ByteArrayInputStream(gzipped(SHARDS)))
        .run("--manifest - s3://bucket/d/")
        .exits(0)
        .prestaged(3);
  }

  @Test
  void itIsNeverOverwritten() throws IOException {
    Path index = Files.writeString(directory.resolve("index.json"), SHARDS);
    Cli.at(lota)
        .run("--manifest", index, "--failed-to", index, "s3://bucket/d/")
        .exits(2)
        .says("--failed-to is " + index + ", which is also read as a manifest");
    assertThat(index).hasContent(SHARDS);
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    Cli.at(lota).run("--manifest /none s3://bucket/").exits(2).says("/none does not exist");
    Cli.at(lota).run("--manifest s3://bucket/d/").exits(2).says("is a prefix");
    Cli.at(lota).run("--manifest-format mosaicml s3://bucket/").exits(2).says("needs --manifest");
    Cli.at(lota)
        .run("--latest 1 --manifest s3://bucket/d/index.json s3://bucket/")
        .exits(2)
        .says("--latest needs prefixes");
  }
}
