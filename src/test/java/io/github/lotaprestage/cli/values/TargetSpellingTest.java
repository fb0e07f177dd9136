package io.github.lotaprestage.cli.values;

import io.github.lotaprestage.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Targets in the spelling of other tools are refused with the one to use.
class TargetSpellingTest {

  @ParameterizedTest
  @CsvSource({
    "S3://bucket/k, s3://bucket/k",
    "s3a://bucket/k, s3://bucket/k",
    "s3n://bucket/p/, s3://bucket/p/",
    "r2://bucket/k, s3://bucket/k",
    "s3:bucket/k, s3://bucket/k",
    "s3:/bucket/k, s3://bucket/k",
    "//bucket/k, s3://bucket/k",
    "bucket/k, s3://bucket/k",
    "/bucket/k, s3://bucket/k",
    "bucket, s3://bucket",
    "https://bucket.cwlota.com/a/k, s3://bucket/a/k",
    "http://bucket.cwlota.com:80/k, s3://bucket/k",
    "https://my.bucket.cwobject.com/k, s3://my.bucket/k",
    "https://cwobject.com/bucket/k, s3://bucket/k",
    "http://localhost:9000/bucket/a%20k+, s3://bucket/a k+",
    "https://bucket.s3.us-east-1.amazonaws.com/k, s3://bucket/k",
    "https://s3.amazonaws.com/bucket/k, s3://bucket/k",
    "https://bucket.cwlota.com, s3://bucket/",
    "https://cwlota.com, s3://BUCKET/KEY",
    "arn:aws:s3:::bucket/a:k, s3://bucket/a:k",
    "arn:aws:s3:::bucket, s3://bucket",
    "s3:, s3://BUCKET/KEY",
  })
  void theTargetAsItShouldBeWrittenIsShown(String given, String right) {
    Cli.bare()
        .run(given)
        .exits(2)
        .says("target '" + given + "' does not start with s3://; write it as " + right + " (");
  }

  @Test
  void aSignedUrlKeepsItsSecrets() {
    Cli.bare()
        .run("https://me:hush@bucket.cwobject.com/k?X-Amz-Signature=deadbeef#frag")
        .exits(2)
        .err(err ->
            err.contains("s3://bucket/k").doesNotContain("hush", "Signature", "deadbeef", "frag"));
  }

  @Test
  void aBucketIsANameOnly() {
    Cli.bare()
        .run("--bucket s3://bucket/p/")
        .exits(2)
        .errContains("--bucket must be the name", "s3://bucket/p/");
  }
}
