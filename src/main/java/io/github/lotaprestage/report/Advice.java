package io.github.lotaprestage.report;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;

/// Advice for an error: what to try next.
public final class Advice {

  /// For an answer that the store that was meant would not give.
  public static final String OTHER_STORE =
      "check --endpoint-url, and what stands between this program and the store";

  private static final String LOTA_HOST = "cwlota.com";

  private static final String BETWEEN = "check what stands between this program and the store";

  private static final String NO_LOGIN =
      "use a network from which the store can be reached without that login";

  private Advice() {}

  /// The end of a message: `; ` and the advice.
  public static String suffix(Failure error) {
    return "; " + next(error);
  }

  /// The advice without a full stop.
  public static String next(UnusableException e) {
    String own = e.advice();
    return own == null ? next(e.error()) : own;
  }

  /// The advice without a full stop.
  public static String next(Failure error) {
    return switch (error.kind()) {
      case NO_CREDENTIALS ->
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile, or --no-sign-request";
      case EXPIRED -> "renew the credentials";
      case DENIED -> denied(error.code());
      case NO_SUCH_BUCKET -> "check the bucket name and the endpoint";
      case UNREACHABLE -> unreachable(error);
      case REJECTED -> rejected(error);
      case THROTTLED -> "set --rate below what the store allows, or lower --concurrency";
      case TRANSIENT -> passing(error.code());
      case NO_SUCH_KEY ->
          error.code().equals("NotFound") ? "check the bucket name and the key" : "check the key";
      case INVALID ->
          error.code().equals("NotAManifest")
              ? "check the manifest and the command line"
              : "correct the list or manifest";
      case FILE ->
          switch (error.code()) {
            case "BadConfiguration" -> "correct it, or choose another file or profile";
            case "OutputError" ->
                "check what standard output is connected to, and the space on its disk";
            case "FailedToOtherFile" -> "use another file";
            case "LocalLimit" -> "raise the limit of file descriptors (ulimit -n)";
            case "JournalInUse", "FailedToInUse" ->
                "wait until that run has ended, or use another file";
            case "BadUsage" -> "correct the command line";
            case "OutOfMemory" ->
                "raise the memory limit of the container, or set LOTA_PRESTAGE_JAVA_OPTS=-Xmx1g,"
                    + " or lower --concurrency";
            case "TooManyThreads" ->
                "raise the limit of processes (ulimit -u, or pids.max of the cgroup)";
            case "StackOverflow" -> "set LOTA_PRESTAGE_JAVA_OPTS=-Xss2m";
            case "InternalError" -> "--stacktrace shows where, please report it";
            case "IncompleteMerge" ->
                "run the missing shards again, and give the summary of each shard once";
            case "ReadError" -> "check that it exists, can be read and is not damaged";
            default -> "check its path, its permissions and the space on its disk";
          };
    };
  }

  private static String unreachable(Failure error) {
    if (error.code().equals("NoAnswer")) {
      return "run the same command again once the endpoint answers";
    }
    if (error.message().contains(LOTA_HOST)) {
      return "run this inside a CKS cluster, because LOTA cannot be reached from elsewhere; for"
          + " another store, set --endpoint-url";
    }
    return error.code().equals("UnknownHost")
        ? "check --endpoint-url; if the store wants buckets in the path, add --path-style"
        : "check --endpoint-url, and that the store runs and can be reached from here";
  }

  private static String denied(String code) {
    return switch (code) {
      case "SignatureDoesNotMatch" -> "check the secret access key";
      case "ExpiredToken", "InvalidToken" -> "renew the credentials";
      case "InvalidAccessKeyId" -> "check the access key id and its organisation";
      case "RequestTimeTooSkewed" -> "set the clock of this machine";
      case "InvalidObjectState" ->
          "the storage class of the object does not allow reading it as it is; restore it first";
      default ->
          "check the key pair, and that the policies of its organisation and of the bucket allow"
              + " s3:ListBucket and s3:GetObject";
    };
  }

  private static String rejected(Failure error) {
    return switch (error.code()) {
      case "UntrustedCertificate" ->
          "if a private CA signed the certificate, name its PEM file with --ca-bundle";
      case "ExpiredCertificate" ->
          "renew the certificate of the endpoint, or set the clock of this machine";
      case "TlsError" -> "check --endpoint-url and the certificate of its host";
      case "ClientCertificateRequired" -> "use an endpoint that does not require one";
      case "WrongScheme" -> "check the scheme of --endpoint-url: http:// or https://";
      case "PermanentRedirect", "TemporaryRedirect", "MovedPermanently" ->
          "check --endpoint-url and --region: the store refers to another address";
      case "AuthorizationHeaderMalformed" ->
          "check --region; the message may name the region that the store expects";
      case "InvalidRegion" ->
          "check --region; a bucket that was made a minute ago may not be ready yet";
      case "InvalidObjectState" -> denied(error.code());
      case "NotS3", "Http302", "Http303", "Http308" ->
          "check --endpoint-url: something else answered";
      case "Http407" -> NO_LOGIN;
      case "UnsortedListing" ->
          "add --list-concurrency 1, or with --shard-bounds use --shard without it";
      case "Http304", "Http414", "Http431" -> BETWEEN;
      case "MalformedListing" -> OTHER_STORE;
      case "SizeMismatch", "NoETag" -> BETWEEN;
      case "UnexpectedRange", "UnexpectedLength" -> OTHER_STORE;
      case "PreconditionFailed" -> "run the same command again";
      case "TooLarge" -> "add --latest-by name, which does not read it";
      default ->
          "check --endpoint-url and its scheme, --region and the addressing style"
              + " (--path-style or not)";
    };
  }

  private static String passing(String code) {
    return switch (code) {
      case "BadGateway", "GatewayTimeout", "ConnectionLost" ->
          "run it again; if every attempt ends after the same time, a proxy in between gives up"
              + " too early: raise its timeout";
      case "MalformedAnswer", "NotHttp" ->
          "check the port of --endpoint-url; if it is right, run it again";
      case "Http511" -> NO_LOGIN;
      case "ReadTimeout" -> "run it again, or raise --attempt-timeout";
      case "MalformedListing" -> OTHER_STORE;
      case "LocalLimit" -> "raise that limit, or lower --concurrency";
      default -> "run it again, or raise --max-attempts";
    };
  }
}
