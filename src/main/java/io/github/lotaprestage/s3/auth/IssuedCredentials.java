package io.github.lotaprestage.s3.auth;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// Credentials and their expiry, as the source returned them.
///
/// @param expires null if the source names no expiry
public record IssuedCredentials(AwsCredentials credentials, @Nullable Instant expires) {

  /// @param owner the source, for messages
  /// @param token empty if there is none
  /// @throws CredentialsException if a part is missing or cannot be sent in a header
  static IssuedCredentials keys(String owner, String accessKey, String secretKey, String token)
      throws CredentialsException {
    return new IssuedCredentials(credentials(owner, accessKey, secretKey, token), null);
  }

  /// Reads the JSON of a `credential_process` or of a container endpoint.
  ///
  /// @param tokenField its name for the session token
  static IssuedCredentials json(String owner, String json, String tokenField)
      throws CredentialsException {
    JsonNode node = parse(owner, json);
    return new IssuedCredentials(
        credentials(
            owner,
            text(node, "AccessKeyId"),
            text(node, "SecretAccessKey"),
            text(node, tokenField)),
        expires(owner, text(node, "Expiration")));
  }

  /// @throws CredentialsException if `json` is not a JSON object
  private static JsonNode parse(String owner, String json) throws CredentialsException {
    if (json.isBlank()) {
      throw new CredentialsException(owner + ": the answer is empty");
    }
    JsonNode node;
    try {
      node = JsonNode.parser().parse(json);
    } catch (RuntimeException e) { // whatever the parser throws; its message quotes the input
      throw new CredentialsException(owner + ": the answer is not valid JSON");
    }
    if (!node.isObject()) {
      throw new CredentialsException(owner + ": the answer is not a JSON object");
    }
    return node;
  }

  private static String text(JsonNode node, String field) {
    return node.field(field).filter(JsonNode::isString).map(JsonNode::text).orElse("").strip();
  }

  private static @Nullable Instant expires(String owner, String text) throws CredentialsException {
    if (text.isEmpty()) {
      return null;
    }
    Instant expires;
    try {
      expires = Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CredentialsException(owner + ": Expiration is not a valid time");
    }
    if (!expires.isAfter(Instant.now())) {
      throw new CredentialsException(owner + ": the credentials expired at " + expires);
    }
    return expires;
  }

  private static AwsCredentials credentials(
      String owner, String accessKey, String secretKey, String token) throws CredentialsException {
    requireUsable(owner + ": the access key ID", accessKey);
    requireUsable(owner + ": the secret access key", secretKey);
    if (token.isEmpty()) {
      return AwsBasicCredentials.create(accessKey, secretKey);
    }
    requireUsable(owner + ": the session token", token);
    return AwsSessionCredentials.create(accessKey, secretKey, token);
  }

  /// @param name of the value, for messages
  static void requireUsable(String name, String value) throws CredentialsException {
    if (value.isEmpty()) {
      throw new CredentialsException(name + " is missing or empty");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        throw new CredentialsException(name + " has a space or a character that is not ASCII");
      }
    }
  }
}
