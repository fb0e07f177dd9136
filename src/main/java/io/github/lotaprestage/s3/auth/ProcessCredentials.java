package io.github.lotaprestage.s3.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Runs the `credential_process` of a profile, in a shell as the AWS CLI does, with an empty
/// standard input. Its standard error is discarded, because it may contain secrets.
///
/// Source: the AWS SDKs and Tools reference, "Process credential provider".
///
/// @param profile the profile and its file
record ProcessCredentials(String profile, String command) implements CredentialSource {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MAX_OUTPUT_BYTES = 1 << 16;

  private record Result(String output, int status) {}

  @Override
  public String name() {
    return profile + ": credential_process";
  }

  @Override
  public String advice() {
    return "run the command of credential_process by hand: it must print JSON with keys that are"
        + " valid now";
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public IssuedCredentials load() throws CredentialsException, InterruptedException {
    Result result = run();
    if (result.status() != 0) {
      throw failed("ended with status " + result.status() + meaning(result.status()));
    }
    if (result.output().isBlank()) {
      throw failed("printed nothing");
    }
    return IssuedCredentials.json(name(), result.output(), "SessionToken");
  }

  /// The meaning of a status that comes from the shell.
  private static String meaning(int status) {
    return switch (status) {
      case 126 -> ", so a command may not be executed";
      case 127 -> ", so a command was not found";
      default -> "";
    };
  }

  private Result run() throws CredentialsException, InterruptedException {
    Process process = start();
    try {
      return CredentialSource.bounded(
          LIMIT,
          () -> {
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES);
            if (output.length == MAX_OUTPUT_BYTES) {
              throw failed("prints too much, so it is not JSON with keys");
            }
            return new Result(new String(output, StandardCharsets.UTF_8), process.waitFor());
          });
    } catch (TimeoutException e) {
      throw failed("did not end within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CredentialsException known
          ? known
          : failed("could not be read (" + e.getCause() + ")");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws CredentialsException {
    try {
      return new ProcessBuilder("sh", "-c", command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) { // its message has the command, which may hold a secret
      throw failed("cannot be started: there is no usable 'sh'");
    }
  }

  private CredentialsException failed(String how) {
    return new CredentialsException(name() + " " + how);
  }
}
