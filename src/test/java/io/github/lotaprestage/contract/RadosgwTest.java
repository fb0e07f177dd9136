package io.github.lotaprestage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Result;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.StorageClass;
import tools.jackson.databind.JsonNode;

/// The program directly before Ceph's radosgw, with the bucket in the host name as LOTA wants it.
@EnabledIfSystemProperty(
    named = RealStore.DIRECTORY,
    matches = ".+",
    disabledReason = RealStore.REASON)
class RadosgwTest {

  private static final String BUCKET = "datasets";

  @SuppressWarnings("NullAway.Init")
  private static RealStore store;

  @BeforeAll
  static void createBucket() {
    store = RealStore.radosgw();
    store.createBucket(BUCKET);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static Cli virtualHosts() {
    return Cli.at("http://localhost:" + RealStore.port("radosgw"));
  }

  private static void put(String bucket, String key, int size) {
    store.put(bucket, key, new byte[size], "application/x-tar");
  }

  private static JsonNode only(Result result) {
    result.objects(1);
    return result.objects().getFirst();
  }

  @Test
  void aNamedObjectHasTheSizeOfItsContentRange() {
    put(BUCKET, "named/a.tar", 12_345);
    Result result = virtualHosts().json("s3://datasets/named/a.tar").silent().exits(0);
    JsonNode object = only(result);
    assertThat(object.get("size").asLong()).isEqualTo(12_345);
    assertThat(object.get("content_type").asString()).isEqualTo("application/x-tar");
  }

  @Test
  void aNamedEmptyObjectIsSkipped() {
    put(BUCKET, "named/empty", 0);
    Result result = virtualHosts().json("s3://datasets/named/empty").exits(0);
    assertThat(only(result).get("reason").asString()).isEqualTo("empty");
  }

  @Test
  void aWrongSecretIsRefused() {
    put(BUCKET, "secret/a", 1);
    Result result =
        virtualHosts()
            .env("AWS_SECRET_ACCESS_KEY", "wrong")
            .json("-b", BUCKET, "-k", "secret/a")
            .exits(3);
    assertThat(only(result).get("error").get("code").asString()).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void storageClassesAreShownAndSelected() {
    put(BUCKET, "classes/hot", 5);
    store
        .client()
        .putObject(
            request ->
                request.bucket(BUCKET).key("classes/cold").storageClass(StorageClass.STANDARD_IA),
            RequestBody.fromString("cold"));
    Result all = virtualHosts().json("--order listed -c 1 s3://datasets/classes/").exits(0);
    assertThat(all.objects())
        .extracting(line -> line.get("key").asString() + " " + line.get("storage_class").asString())
        .containsExactlyInAnyOrder("classes/cold STANDARD_IA", "classes/hot STANDARD");
    Result cold = virtualHosts().json("--storage-class STANDARD_IA s3://datasets/classes/");
    assertThat(only(cold).get("key").asString()).isEqualTo("classes/cold");
  }

  @Test
  void onlyCurrentVersionsAreStaged() {
    store.createBucket("other-bucket");
    store
        .client()
        .putBucketVersioning(request ->
            request
                .bucket("other-bucket")
                .versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
    put("other-bucket", "versions/overwritten", 3);
    put("other-bucket", "versions/overwritten", 4);
    put("other-bucket", "versions/deleted", 5);
    store.client().deleteObject(request -> request.bucket("other-bucket").key("versions/deleted"));
    Result result = virtualHosts().json("s3://other-bucket/versions/").exits(0);
    assertThat(only(result).get("key").asString()).isEqualTo("versions/overwritten");
    assertThat(only(result).get("size").asLong()).isEqualTo(4);
    Result deleted = virtualHosts().json("s3://other-bucket/versions/deleted").exits(1);
    assertThat(only(deleted).get("error").get("code").asString()).isEqualTo("NoSuchKey");
  }

  /// The ETag of a listing and the one of the answer must be found equal, or a journal is useless.
  @Test
  void theETagOfAMultipartUploadIsTheOneOfTheListing() {
    String key = "multipart/model.bin";
    String upload = store.client().createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    List<CompletedPart> parts = List.of(part(key, upload, 1, 5 << 20), part(key, upload, 2, 7));
    store
        .client()
        .completeMultipartUpload(r ->
            r.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    JsonNode named = only(virtualHosts().json("s3://datasets/" + key));
    JsonNode listed = only(virtualHosts().json("-n s3://datasets/multipart/"));
    assertThat(named.get("size").asLong()).isEqualTo((5 << 20) + 7);
    assertThat(named.get("etag").asString()).matches("[0-9a-f]{32}-2");
    assertThat(listed.get("etag")).isEqualTo(named.get("etag"));
  }

  private static CompletedPart part(String key, String upload, int number, int size) {
    String etag =
        store
            .client()
            .uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(new byte[size]))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  @Test
  void keysOfEveryKindAreListedAndStaged() {
    String start = "keys/";
    List<String> keys =
        List.of(
            start + "a b",
            start + "a+b%2Bc%",
            start + "q'\"(!)*",
            start + "a&b=c?d#e;f:g@h,i$j",
            start + "<tag>",
            start + "back\\slash",
            start + "ü",
            start + "u\u0308",
            start + "\u2028",
            start + "😀",
            start + "double//slash",
            start + "/",
            start + "dots/../up",
            start + "dots/./here",
            start + "..",
            start + "slash/",
            start + "tab\tnewline\nreturn\r",
            start + "ends with space ",
            start + "~tilde_-.",
            start + "n".repeat(1024 - start.length()));
    for (String key : keys) {
      put(BUCKET, key, 7);
    }
    Result listed = virtualHosts().json("s3://datasets/keys/").silent().exits(0);
    assertThat(listed.objects())
        .allSatisfy(line -> assertThat(line.get("status").asString()).isEqualTo("prestaged"))
        .extracting(line -> line.get("key").asString())
        .containsExactlyInAnyOrderElementsOf(keys);
    virtualHosts()
        .input(String.join("\0", keys))
        .json("-b", BUCKET, "--files-from0", "-")
        .exits(0)
        .prestaged(keys.size());
  }
}
