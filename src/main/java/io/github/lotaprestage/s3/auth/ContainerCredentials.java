package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.plan.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Reads credentials from the AWS container credentials endpoint, which CoreWeave's pod identity
/// uses. Over plain HTTP only addresses on the same node are allowed.
///
/// Source: the AWS SDKs and Tools reference, "Container credential provider".
///
/// @param variable the environment variable that names the endpoint
/// @param url the absolute URL of the endpoint
record ContainerCredentials(String variable, String url, Map<String, String> env)
    implements CredentialSource {

  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

  /// The addresses of the container agents of ECS and EKS.
  private static final Set<String> AGENTS =
      Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int ATTEMPTS = 3;
  private static final long PAUSE_MILLIS = 200;
  private static final int MAX_ANSWER_BYTES = 1 << 16;

  private record Answer(int status, String body) {
    boolean worthAnother() {
      return status == 429 || status >= 500;
    }
  }

  /// Empty if the environment does not name an endpoint.
  static Optional<CredentialSource> of(Map<String, String> env) {
    String relative = env.get(RELATIVE);
    if (relative != null) {
      return Optional.of(
          new ContainerCredentials(RELATIVE, "http://169.254.170.2" + relative, env));
    }
    return Optional.ofNullable(env.get(FULL)).map(url -> new ContainerCredentials(FULL, url, env));
  }

  /// The file of the token, if there is one.
  public static List<InputFile> inputs(Map<String, String> env) {
    try {
      return Optional.ofNullable(env.get(TOKEN_FILE))
          .map(file -> new InputFile(TOKEN_FILE, Path.of(file)))
          .stream()
          .toList();
    } catch (InvalidPathException e) {
      return List.of(); // reported when it is read
    }
  }

  @Override
  public String name() {
    return "container credentials (" + variable + ")";
  }

  @Override
  public String advice() {
    return "check the pod's service account, its token file, and the endpoint that the variable"
        + " names";
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public IssuedCredentials load() throws CredentialsException, InterruptedException {
    URI uri = uri();
    String token = token();
    Answer answer;
    try {
      answer = CredentialSource.bounded(LIMIT, () -> fetch(uri, token));
    } catch (TimeoutException e) {
      throw failed(place(uri) + " did not answer within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause(), "what failed");
      throw cause instanceof CredentialsException known
          ? known
          : failed("cannot read from " + place(uri) + ": " + reason(cause));
    }
    if (answer.status() != HttpURLConnection.HTTP_OK) {
      throw failed(place(uri) + " answered with status " + answer.status());
    }
    return IssuedCredentials.json(name() + ": " + place(uri), answer.body(), "Token");
  }

  private URI uri() throws CredentialsException {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null
          && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw failed("the value is not a URL");
    }
    throw failed("the value is not an http:// or https:// URL");
  }

  /// Reads the token file again each time, because pod tokens are replaced regularly.
  private String token() throws CredentialsException {
    String file = env.get(TOKEN_FILE);
    String token = file == null ? env.getOrDefault(TOKEN, "") : tokenIn(file);
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < ' ' || token.charAt(i) > '~') {
        throw failed("the authorization token holds more than one line of ASCII");
      }
    }
    return token;
  }

  private String tokenIn(String file) throws CredentialsException {
    String token;
    try {
      token = Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
    } catch (IOException | IllegalArgumentException e) {
      throw failed("cannot read " + TOKEN_FILE + " " + file + ": " + whyUnread(e));
    }
    if (token.isEmpty()) {
      throw failed(TOKEN_FILE + " " + file + " is empty");
    }
    return token;
  }

  private static String whyUnread(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case MalformedInputException _ -> "it is not text";
      default -> String.valueOf(e.getMessage());
    };
  }

  private Answer fetch(URI uri, String token) throws Exception {
    if (!uri.getScheme().equalsIgnoreCase("https") && !staysOnTheNode(uri.getHost())) {
      throw failed(place(uri) + " is not allowed: only https://, or http:// to a loopback address");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer = ask(uri, token);
        if (attempt == ATTEMPTS || !answer.worthAnother()) {
          return answer;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(attempt * PAUSE_MILLIS);
    }
  }

  private static boolean staysOnTheNode(String host) throws UnknownHostException {
    if (AGENTS.contains(host)) {
      return true;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (!address.isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }

  private static Answer ask(URI uri, String token) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "lota-prestage");
    if (!token.isEmpty()) {
      connection.setRequestProperty("Authorization", token);
    }
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        return new Answer(status, "");
      }
      try (InputStream body = connection.getInputStream()) {
        return new Answer(
            status, new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8));
      }
    } finally {
      connection.disconnect();
    }
  }

  /// The URL without its user and query, which may be secret.
  private static String place(URI uri) {
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getRawPath();
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "the host cannot be resolved";
      case IOException io -> String.valueOf(io.getMessage());
      default -> cause.getClass().getSimpleName();
    };
  }

  private CredentialsException failed(String problem) {
    return new CredentialsException(name() + ": " + problem);
  }
}
