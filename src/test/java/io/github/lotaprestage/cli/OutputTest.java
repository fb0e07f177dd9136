package io.github.lotaprestage.cli;

import static java.util.stream.Collectors.joining;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What users see, to the letter.
@Timeout(60)
class OutputTest {

  @SuppressWarnings("NullAway.Init")
  private static LotaEmulator lota;

  @BeforeAll
  static void start() {
    MemoryOrigin origin =
        new MemoryOrigin()
            .bucket("bucket")
            .put("bucket", "data/a.tar", 1536)
            .put("bucket", "data/denied.tar", 7)
            .put("bucket", "data/empty", 0)
            .put("bucket", "data/ünï code\nline", 3L << 30);
    lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, _, key, _) ->
                request.method().equals("HEAD") && key.contains("denied")
                    ? Fault.status(403, "AccessDenied")
                    : Fault.NONE)
            .start();
  }

  @AfterAll
  static void stop() {
    lota.close();
  }

  private static Cli cli() {
    return Cli.at(lota);
  }

  @Test
  void aDryRun() {
    cli()
        .run("--dry-run s3://bucket/data/")
        .exits(0)
        .silent()
        .out(
            """
            planned     1.5 KiB           -  s3://bucket/data/a.tar  etag-1536  2026-03-01T12:00:00Z
            planned         7 B           -  s3://bucket/data/denied.tar  etag-7  2026-03-01T12:00:00Z
            skipped         0 B           -  s3://bucket/data/empty  empty
            planned     3.0 GiB           -  s3://bucket/data/ünï code\\nline  etag-3221225472  2026-03-01T12:00:00Z

            3 planned, 1 skipped, 0 failed of 4 selected
            3.0 GiB to stage
            by size:                      objects  by storage class:                 objects
              below 4 MiB       1.5 KiB         2    STANDARD              3.0 GiB         3
              1 to 16 GiB       3.0 GiB         1  by last change:
                                                     older than 30 days    3.0 GiB         3
            by directory:
                 3.0 GiB         3 objects  s3://bucket/data/
            largest:
                 3.0 GiB  s3://bucket/data/ünï code\\nline
                 1.5 KiB  s3://bucket/data/a.tar
                     7 B  s3://bucket/data/denied.tar
            cost: at most 0.07 USD more in the 30 days after staging. Assumptions:
              Every object is Cold now and is not read again for 30 days.
              So it is Hot for 7 days and Warm for 23, instead of Cold for 30.
              USD per GiB and 30 days (list, 2026-11-25): Hot 0.06, Warm 0.03, Cold 0.015.
            """);
  }

  @Test
  void results() {
    cli()
        .run("-c 1 --order listed s3://bucket/data/")
        .exits(1)
        .err("lota-prestage: 1 of 4 objects failed\n")
        .masked()
        .out(
            """
            prestaged   1.5 KiB # s  s3://bucket/data/a.tar  etag-1536  application/x-tar  2026-03-01T12:00:00Z
            failed          7 B # s  s3://bucket/data/denied.tar  AccessDenied (403): the credentials can list the bucket, but cannot read this object (request #)
            skipped         0 B           -  s3://bucket/data/empty  empty
            prestaged   3.0 GiB # s  s3://bucket/data/ünï code\\nline  etag-3221225472  application/x-tar  2026-03-01T12:00:00Z

            2 prestaged, 1 skipped, 1 failed of 4 selected
            3.0 GiB in # s: # objects/s, # /s
            HEAD latency p50 # s, p90 # s, p99 # s, max # s
            slowest # s  s3://bucket/data/#
            slowest # s  s3://bucket/data/#
            failed:
              1 x AccessDenied (403): the credentials can list the bucket, but cannot read this object
                  s3://bucket/data/denied.tar
                next: check the key pair, and that the policies of its organisation and of the bucket allow s3:ListBucket and s3:GetObject
            """);
  }

  @Test
  void resultsAsJson() {
    cli()
        .json("-c 1 --order listed s3://bucket/data/a.tar s3://bucket/data/denied.tar")
        .exits(1)
        .err("lota-prestage: 1 of 2 objects failed\n")
        .masked()
        .out(
            """
            {"type":"object","status":"prestaged","bucket":"bucket","key":"data/a.tar","size":1536,"etag":"etag-1536","content_type":"application/x-tar","storage_class":"STANDARD","attempts":1,"duration_ms":#}
            {"type":"object","status":"failed","bucket":"bucket","key":"data/denied.tar","attempts":1,"duration_ms":#,"error":{"code":"AccessDenied","http_status":403,"message":"the credentials can list the bucket, but cannot read this object","retryable":false,"request_id":"#"}}
            {"type":"summary","status":"failed","listed":2,"listing_complete":true,"selected":2,"prestaged":1,"skipped":0,"failed":1,"planned":0,"bytes":1536,"retries":0,"throttled":0,"elapsed_seconds":#,"objects_per_second":#,"bytes_per_second":#,"latency_ms":{"p50":#,"p90":#,"p99":#,"max":#},"endpoint":"http://localhost:#","targets":[{"target":"s3://bucket/data/a.tar","selected":1,"prestaged":1,"skipped":0,"failed":0,"planned":0,"bytes":1536},{"target":"s3://bucket/data/denied.tar","selected":1,"prestaged":0,"skipped":0,"failed":1,"planned":0,"bytes":0}],"exit_code":1}
            """);
  }

  @Test
  void nothingMatched() {
    cli()
        .run("s3://bucket/nope/")
        .exits(4)
        .err(
            """
            lota-prestage: nothing matched: no objects in s3://bucket/nope/; --allow-empty makes this exit 0
            """);
  }

  @Test
  void badUsage() {
    cli()
        .run("--concurency 5")
        .exits(2)
        .noOutput()
        .err(
            """
            lota-prestage: unknown option '--concurency'; did you mean --concurrency? (see lota-prestage --help)
            """);
  }

  /// The options have tests of their own.
  @Test
  void help() {
    Result help = Cli.bare().run("--help").exits(0).silent();
    String headings =
        help.out().lines().filter(line -> !line.matches(" +-.*|   .*")).collect(joining("\n"));
    new Result(help.command(), 0, headings, "")
        .out(
            """
            Stages objects into CoreWeave's LOTA cache before GPUs need them.
            Usage: lota-prestage [OPTIONS] [TARGET...]

            Examples:
              lota-prestage s3://models/llama/weights.gguf      one object
              lota-prestage s3://data/imagenet/                 all objects below a prefix
              lota-prestage 's3://data/imagenet/*.tar'          a wildcard
              lota-prestage --latest 1 s3://ckpt/run-17/        the newest checkpoint
              lota-prestage -n s3://data/imagenet/              what would be staged
              lota-prestage -o json s3://data/imagenet/ | jq .  results for other tools

            Targets:

            Lists:

            Checkpoints:

            Filters:

            Staging:

            Limits:

            Records:

            Connection:

            Output:

            Every option can be set in the environment: LOTA_PRESTAGE_FILES_FROM sets
            --files-from.

            Exit codes:
              0    everything selected is in the cache
              1    some objects failed
              2    bad usage
              3    the run could not work: credentials, endpoint, bucket, listing or files
              4    nothing matched
              5    stopped at a limit that you set, with objects left
              129  ended by SIGHUP
              130  ended by SIGINT
              141  nobody reads standard output any more
              143  ended by SIGTERM

            Documentation: 'man lota-prestage', and docs/README.md beside the program.\
            """);
  }
}
