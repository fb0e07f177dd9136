package io.github.lotaprestage.s3.config;

import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
import java.util.Optional;
import java.util.stream.Stream;

/// Refuses what no request can name: see the errors of [#require].
public final class AddressingCheck {

  private AddressingCheck() {}

  /// @throws UsageException if LOTA would get path-style requests, or if a bucket name cannot be
  ///   used with this endpoint: because it cannot be part of a host name, or because it has a dot
  ///   and the endpoint is HTTPS, whose certificates cover one label
  public static void require(Plan plan, Endpoint endpoint) throws UsageException {
    if (endpoint.isLota() && endpoint.pathStyle()) {
      throw new UsageException(
          "LOTA rejects path-style requests (from %s); remove that setting"
              .formatted(endpoint.addressing().origin()));
    }
    for (Target target : plan.targets()) {
      requireName("target " + target, target.bucket(), endpoint);
    }
    for (KeyList list : plan.keyLists()) {
      if (list.base().isPresent()) {
        requireName("the bucket of " + list.name(), list.base().get().bucket(), endpoint);
      }
    }
    Optional<String> dotted =
        Stream.concat(plan.targets().stream(), plan.prefixes().stream())
            .map(Target::bucket)
            .filter(name -> name.contains("."))
            .findFirst();
    if (dotted.isPresent() && endpoint.isHttps() && !endpoint.pathStyle()) {
      throw new UsageException(
          "bucket %s has a dot: no certificate of %s covers it; use http:// or --path-style"
              .formatted(dotted.get(), endpoint.url()));
    }
  }

  private static void requireName(String owner, String bucket, Endpoint endpoint)
      throws UsageException {
    Optional<String> problem = BucketName.problem(bucket, endpoint.pathStyle());
    if (problem.isPresent()) {
      throw new UsageException(owner + " " + problem.get());
    }
  }
}
