package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.s3.probe.Rights;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks of the credentials and of what they may do with the bucket: one LIST, and one HEAD
/// without `Range`, so that nothing is staged.
final class RightsChecks implements AutoCloseable {

  private static final String CREDENTIALS = "credentials";
  private static final String LIST = "list";
  private static final Duration FOR_CREDENTIALS = Duration.ofSeconds(6);
  private static final Duration REQUEST = Duration.ofSeconds(3);
  private static final Duration TWO_REQUESTS = Duration.ofSeconds(5);

  private final SetUp setUp;
  private final NetworkChecks network;
  private final CredentialsCheck credentials;
  private final Optional<Target> target;
  private @Nullable Rights rights;
  private List<ObjectRef> listed = List.of();

  RightsChecks(
      SetUp setUp, NetworkChecks network, CredentialsCheck credentials, Optional<Target> target) {
    this.setUp = setUp;
    this.network = network;
    this.credentials = credentials;
    this.target = target;
  }

  List<Check> all() {
    Check login =
        Check.other(CREDENTIALS, FOR_CREDENTIALS, credentials::make, SettingsChecks.CONFIGURATION);
    if (target.isEmpty()) {
      return List.of(login, Check.other("bucket", REQUEST, _ -> noTarget()));
    }
    Target asked = target.get();
    String[] needs = {SettingsChecks.REGION, NetworkChecks.SERVICE, CREDENTIALS};
    boolean named = asked instanceof Target.Named;
    return List.of(
        login,
        Check.other(LIST, TWO_REQUESTS, _ -> list(asked), needs),
        Check.other(
            "head",
            TWO_REQUESTS,
            _ -> head(asked),
            named ? needs : new String[] {needs[0], needs[1], needs[2], LIST}));
  }

  private static Verdict noTarget() {
    return Verdict.warn(
        "LIST and HEAD are not checked, because there is no TARGET", "add the TARGET of the run");
  }

  private Rights rights() {
    if (rights == null) {
      rights = new Rights(setUp, network.way(), REQUEST);
    }
    return rights;
  }

  private Verdict list(Target asked) throws InterruptedException {
    try {
      listed = rights().list(asked);
    } catch (SourceException e) {
      return refused(e, asked);
    }
    if (listed.isEmpty() && asked instanceof Target.Listed) {
      return Verdict.warn(
          operation(asked) + " works, but nothing matches",
          "check the TARGET; a run would end with 4");
    }
    return Verdict.ok(operation(asked) + " works");
  }

  private static String operation(Target asked) {
    return "LIST " + asked;
  }

  private Verdict refused(SourceException e, Target asked) throws InterruptedException {
    Failure error = e.error();
    Verdict verdict = Verdict.failure(error).after(e.operation());
    if (error.kind() == Failure.Kind.THROTTLED) {
      return verdict.softened();
    }
    if (mayBeStyle(error) && rights().listsInTheOtherStyle(asked.bucket())) {
      return verdict.withFix(
          setUp.pathStyle()
              ? "leave out --path-style, or 's3.addressing_style = path' in the profile: LIST works"
                  + " if the bucket is in the host name"
              : "add --path-style: LIST works if the bucket is in the path");
    }
    return isOnlyDenied(error) && asked instanceof Target.Named ? verdict.softened() : verdict;
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

  private Verdict head(Target asked) throws InterruptedException {
    Optional<ObjectRef> object = object(asked);
    if (object.isEmpty()) {
      return Verdict.warn(
          "not checked, because no object is known", "add a TARGET that matches an object");
    }
    String operation = "HEAD " + object.get().uri();
    try {
      ObjectRef found = rights().head(object.get());
      return Verdict.ok(
          operation
              + " works, and stages nothing"
              + (found.isEmpty() ? "; the object is empty" : ""));
    } catch (RequestFailedException e) {
      Verdict verdict = Verdict.failure(e.error()).after(operation);
      return switch (e.error().kind()) {
        case THROTTLED -> verdict.softened();
        case NO_SUCH_KEY ->
            isPrefix(object.get()) ? verdict.withFix(asPrefix(object.get())) : verdict;
        case TRANSIENT,
            UNREACHABLE,
            NO_CREDENTIALS,
            EXPIRED,
            DENIED,
            NO_SUCH_BUCKET,
            REJECTED,
            INVALID,
            FILE ->
            verdict;
      };
    }
  }

  /// The named object, or the first that was listed, preferably one with content.
  private Optional<ObjectRef> object(Target asked) {
    return switch (asked) {
      case Target.Named named -> Optional.of(ObjectRef.named(asked.bucket(), named.get(0).key()));
      case Target.Listed _ ->
          listed.stream()
              .filter(object -> !object.isEmpty())
              .findFirst()
              .or(() -> listed.stream().findFirst());
    };
  }

  private boolean isPrefix(ObjectRef missing) {
    return listed.stream().anyMatch(object -> object.key().startsWith(missing.key() + "/"));
  }

  private static String asPrefix(ObjectRef missing) {
    return "if it is a prefix, write it as " + missing.uri() + "/";
  }

  @Override
  public void close() {
    if (rights != null) {
      rights.close();
    }
  }
}
