package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.s3.probe.Rights;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Checks of what the credentials may do: a LIST for each target, and one HEAD without `Range`, so
/// that nothing is staged.
final class RightsChecks implements ServiceChecks.SignedList {

  private static final String LIST = "list";
  private static final Duration FOR_LISTS = Duration.ofSeconds(7);
  private static final Duration FOR_HEAD = Duration.ofSeconds(4);
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;
  private static final String NEEDS_HEAD =
      "allow HEAD, which every run needs, in the store or in what stands before it";

  private final SetUp setUp;
  private final Subjects subjects;
  private final Trials trials;
  private boolean listFailed;

  RightsChecks(SetUp setUp, NetworkChecks network, Subjects subjects) {
    this.setUp = setUp;
    this.subjects = subjects;
    this.trials = new Trials(setUp, network);
  }

  List<Check> all() {
    String[] needs = {SettingsChecks.REGION, ServiceChecks.SERVICE, Doctor.CREDENTIALS};
    return List.of(
        Check.other(LIST, FOR_LISTS, this::list, needs),
        Check.other("head", FOR_HEAD, this::head, needs));
  }

  @Override
  public boolean isAnswered(Duration limit) throws InterruptedException {
    if (!setUp.canSign() || subjects.checked().isEmpty()) {
      return false;
    }
    return switch (trials.of(subjects.checked().getFirst(), limit)) {
      case Trials.Listed _ -> true;
      case Trials.Refused refused -> refused.reason().error().requestId() != null;
    };
  }

  private Verdict list(Duration limit) throws InterruptedException {
    if (subjects.checked().isEmpty()) {
      return Verdict.noTarget();
    }
    long end = System.nanoTime() + limit.toNanos();
    List<Verdict> found = new ArrayList<>();
    for (Target target : subjects.checked()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive() && !found.isEmpty()) {
        found.add(
            Verdict.warn(
                target + " is not checked in time", "check this TARGET in a separate run"));
        break;
      }
      found.add(listed(target, left));
    }
    if (subjects.others() > 0) {
      found.add(
          Verdict.warn(
              "only the first %d TARGETs are checked".formatted(subjects.checked().size()),
              "check the other %d by themselves".formatted(subjects.others())));
    }
    Verdict worst = Verdict.worst(found);
    listFailed = worst.status() == Finding.Status.FAIL;
    return worst;
  }

  private Verdict listed(Target target, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    return switch (trials.of(target, limit)) {
      case Trials.Listed listed -> worked(target, listed.beginning());
      case Trials.Refused refused ->
          refused(refused, target, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    };
  }

  private Verdict worked(Target target, Rights.Beginning found) {
    String works = "LIST " + target + " works";
    if (!found.objects().isEmpty() || !(target instanceof Target.Listed) || isOnlyABase(target)) {
      return Verdict.ok(works);
    }
    if (!found.complete()) {
      return Verdict.ok(
          works
              + "; none of the first %d keys matches, and a run looks at all"
                  .formatted(found.others()));
    }
    return Verdict.warn(
        works + (found.others() == 0 ? ", but it found no object" : ", but no key matches"),
        "check the TARGET; if a run finds nothing at all, it ends with 4");
  }

  private boolean isOnlyABase(Target target) {
    return !subjects.needsList(target);
  }

  private Verdict refused(Trials.Refused refused, Target target, Duration left)
      throws InterruptedException {
    SourceException e = refused.reason();
    Failure error = e.error();
    if (error.code().equals("ReadTimeout")) {
      return late(e.operation(), error, refused.waited(), "up to 60 s");
    }
    Verdict verdict = Verdict.failure(error).after(e.operation());
    if (error.kind() == Failure.Kind.THROTTLED) {
      return verdict
          .softened()
          .withFix(
              "no action is needed: a run waits and tries again; " + String.valueOf(verdict.fix()));
    }
    if (mayBeStyle(error) && trials.rights().listsInTheOtherStyle(target.bucket(), left)) {
      return verdict.withFix(
          setUp.pathStyle()
              ? "leave out --path-style, or 's3.addressing_style = path' in the profile: LIST works"
                  + " if the bucket is in the host name"
              : "add --path-style: LIST works if the bucket is in the path");
    }
    if (isOnlyDenied(error) && !subjects.needsList(target)) {
      return verdict
          .softened()
          .withFix("nothing, as long as every object is named; a LIST needs s3:ListBucket");
    }
    return refused.region().map(region -> inOtherRegion(verdict, error, region)).orElse(verdict);
  }

  private static Verdict late(String operation, Failure error, Duration waited, String run) {
    String within = "within %.1f s".formatted(waited.toMillis() / 1000.0);
    return Verdict.fail(
        "%s: %s: %s; a run waits %s"
            .formatted(operation, error.code(), error.message().replace("in time", within), run),
        "find out why the store is slow; a run may work, but it will be slow, too");
  }

  private Verdict inOtherRegion(Verdict verdict, Failure error, String region) {
    return Verdict.fail(
        verdict.text() + "; the store says that the bucket is in the region " + region,
        "use --region %s instead of %s; %s"
            .formatted(
                region,
                setUp.regionInUse(),
                error.kind() == Failure.Kind.DENIED
                    ? "if that does not help, " + verdict.fix()
                    : "an endpoint of another region must be replaced, too"));
  }

  /// Whether the store may have taken the bucket from the wrong place.
  private static boolean mayBeStyle(Failure error) {
    return switch (error.kind()) {
      case REJECTED, NO_SUCH_BUCKET, NO_SUCH_KEY -> true;
      case DENIED -> isOnlyDenied(error);
      case TRANSIENT -> error.code().startsWith("Malformed");
      case THROTTLED, UNREACHABLE, NO_CREDENTIALS, EXPIRED, INVALID, FILE -> false;
    };
  }

  /// Whether the request was understood and its credentials are valid. A named object can then be
  /// staged without the right to LIST.
  private static boolean isOnlyDenied(Failure error) {
    return error.code().equals("AccessDenied") || error.code().equals("Forbidden");
  }

  private Verdict head(Duration limit) throws InterruptedException {
    Optional<ObjectRef> object =
        subjects.checked().stream().flatMap(target -> object(target).stream()).findFirst();
    if (object.isEmpty() && listFailed) {
      return Verdict.notMade("because the check '" + LIST + "' failed");
    }
    if (subjects.checked().isEmpty()) {
      return Verdict.noTarget();
    }
    if (object.isEmpty()) {
      return Verdict.warn(
          "not checked, because no object is known", "add a TARGET that matches an object");
    }
    String operation = "HEAD " + object.get().uri();
    long start = System.nanoTime();
    try {
      ObjectRef found = trials.rights().head(object.get(), limit);
      return Verdict.ok(
          operation
              + " works, and stages nothing"
              + (found.isEmpty() ? "; the object is empty" : ""));
    } catch (RequestFailedException e) {
      return e.error().code().equals("ReadTimeout")
          ? late(
              operation,
              e.error(),
              Duration.ofNanos(System.nanoTime() - start),
              "as long as --attempt-timeout allows")
          : unread(object.get(), e.error(), Verdict.failure(e.error()).after(operation));
    }
  }

  private Verdict unread(ObjectRef object, Failure error, Verdict verdict) {
    return switch (error.kind()) {
      case THROTTLED -> verdict.softened();
      case NO_SUCH_KEY ->
          trials.hasBelow(object)
              ? verdict.withFix("if it is a prefix, write it as " + object.uri() + "/")
              : verdict;
      case TRANSIENT ->
          Objects.equals(error.httpStatus(), NOT_IMPLEMENTED)
              ? verdict.withFix(NEEDS_HEAD)
              : verdict.withFix(
                  "run this again; if it fails every time, find out what the store reports");
      case REJECTED ->
          Objects.equals(error.httpStatus(), METHOD_NOT_ALLOWED)
              ? verdict.withFix(NEEDS_HEAD)
              : trials.isListed(object.bucket())
                  ? verdict.withFix(
                      "LIST works, so check the object, such as its encryption, and what stands"
                          + " between this program and the store")
                  : verdict;
      case DENIED -> denied(object, error, verdict);
      case UNREACHABLE, NO_CREDENTIALS, EXPIRED, NO_SUCH_BUCKET, INVALID, FILE -> verdict;
    };
  }

  private Verdict denied(ObjectRef object, Failure error, Verdict verdict) {
    List<Trials.Refused> refusals = trials.refusals(object.bucket());
    Optional<String> region =
        refusals.stream().flatMap(refused -> refused.region().stream()).findFirst();
    if (region.isPresent()) {
      return inOtherRegion(verdict, error, region.get());
    }
    return refusals.stream().anyMatch(refused -> isOnlyDenied(refused.reason().error()))
        ? verdict.withFix(
            "check the key: without s3:ListBucket, a store denies a key that does not exist; or "
                + verdict.fix())
        : verdict;
  }

  /// The named object, or the first that was listed, preferably one with content.
  private Optional<ObjectRef> object(Target target) {
    return switch (target) {
      case Target.Named named -> Optional.of(ObjectRef.named(target.bucket(), named.get(0).key()));
      case Target.Listed _ -> {
        List<ObjectRef> listed = trials.objects(target);
        yield listed.stream()
            .filter(object -> !object.isEmpty())
            .findFirst()
            .or(() -> listed.stream().findFirst());
      }
    };
  }
}
