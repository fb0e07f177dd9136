package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.RequestError;

/// What to try next when something cannot work.
public final class Advice {

  private Advice() {}

  /// `; ` and a sentence, to end a message with.
  public static String suffix(RequestError error) {
    return "; " + next(error);
  }

  private static String next(RequestError error) {
    return switch (error.kind()) {
      case NO_CREDENTIALS ->
          error.code().equals("BadConfiguration")
              ? "correct it, or choose another file or profile"
              : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile, or --no-sign-request";
      case EXPIRED -> "renew the credentials";
      case DENIED ->
          switch (error.code()) {
            case "RequestTimeTooSkewed" -> "set the clock of this machine";
            case "SignatureDoesNotMatch" -> "check the secret access key";
            case "ExpiredToken", "InvalidToken" -> "renew the credentials";
            case "InvalidAccessKeyId" -> "check the access key id and its organisation";
            default -> "check the key pair, and that its policy allows listing and reading";
          };
      case NO_SUCH_BUCKET -> "check the bucket name and the endpoint";
      case UNREACHABLE ->
          "check --endpoint-url (LOTA is reachable only from inside a CKS cluster);"
              + " if the store wants buckets in the path, add --path-style";
      case REJECTED ->
          switch (error.code()) {
            case "UntrustedCertificate" ->
                "if a private CA signed the certificate, name its PEM file with --ca-bundle";
            case "TlsError" -> "check --endpoint-url and the certificate of its host";
            case "WrongScheme" -> "check --endpoint-url";
            default ->
                "check --endpoint-url, --region and the addressing style (--path-style or not)";
          };
      case THROTTLED -> "set --rate below what the store allows, or lower --concurrency";
      case TRANSIENT -> "run it again, or raise --max-attempts";
      case NO_SUCH_KEY -> "check the key";
      case INVALID -> "correct the list";
      case FILE ->
          error.code().equals("LocalLimit")
              ? "raise the limit of file descriptors (ulimit -n)"
              : error.code().endsWith("InUse")
                  ? "wait until that run has ended, or use another file"
                  : "check its path, its permissions and the space on its disk";
    };
  }
}
