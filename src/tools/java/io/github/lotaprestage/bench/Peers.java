package io.github.lotaprestage.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands that people do this job with today, and ours, against one store.
///
/// @param program the packaged one
/// @param port of the store, on this machine
record Peers(Path program, int port) {

  static final String OURS = "lota-prestage";
  static final String BOTO = "boto3 thread pool";
  static final String AWS = "aws s3api head-object";
  static final String RCLONE = "rclone";
  static final String S3CMD = "s3cmd info";
  static final String S5CMD = "s5cmd head";

  /// Where s5cmd 2.3 or later is, from the environment, because Debian has no package of it.
  static final Optional<String> S5CMD_PATH = Optional.ofNullable(System.getenv("S5CMD"));

  private static final int WORKERS = 300;
  private static final String BUCKET = "bucket";

  private String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /// @param arguments options and a target
  List<String> ours(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-o",
                "json",
                "-q",
                "--progress",
                "never",
                "--endpoint-url",
                endpoint()));
    command.addAll(List.of(arguments));
    return command;
  }

  List<String> awsHead(String key) {
    return List.of(
        "/usr/bin/aws",
        "s3api",
        "head-object",
        "--endpoint-url",
        endpoint(),
        "--bucket",
        BUCKET,
        "--key",
        key,
        "--range",
        "bytes=0-0");
  }

  List<String> s3cmdInfo(String key) {
    return List.of(
        "/usr/bin/s3cmd",
        "--no-ssl",
        "--host=127.0.0.1:" + port,
        "--host-bucket=127.0.0.1:" + port,
        "--access_key=a",
        "--secret_key=b",
        "info",
        "s3://" + BUCKET + "/" + key);
  }

  /// @return nothing if there is no s5cmd
  Optional<List<String>> s5cmdHead(String key) {
    return s5cmd("head", "s3://" + BUCKET + "/" + key);
  }

  /// Asks for each of some keys with one HEAD.
  ///
  /// @param commands a file with an s5cmd command a line
  /// @return nothing if there is no s5cmd
  Optional<List<String>> s5cmdHeads(Path commands) {
    return s5cmd("--numworkers", "" + WORKERS, "run", commands.toString());
  }

  /// A line of the file for [#s5cmdHeads].
  static String s5cmdLine(String key) {
    return "head s3://" + BUCKET + "/" + key;
  }

  private Optional<List<String>> s5cmd(String... arguments) {
    return S5CMD_PATH.map(path -> {
      List<String> command = new ArrayList<>(List.of(path, "--endpoint-url", endpoint()));
      command.addAll(List.of(arguments));
      return command;
    });
  }

  List<String> boto(String prefix) {
    return List.of(
        "/usr/bin/python3",
        "src/tools/resources/bench/boto3_pool.py",
        endpoint(),
        BUCKET,
        prefix,
        "" + WORKERS);
  }

  /// Asks for each of these keys with one HEAD.
  ///
  /// @param keys a file with a key a line
  List<String> rcloneHeads(Path keys) {
    return rclone(
        "size",
        "--files-from-raw",
        keys.toString(),
        "--no-traverse",
        "--checkers",
        "" + WORKERS,
        "--header",
        "Range: bytes=0-0",
        ":s3:" + BUCKET);
  }

  List<String> rcloneHead(String key) {
    return rclone("lsjson", "--stat", "--header", "Range: bytes=0-0", ":s3:" + BUCKET + "/" + key);
  }

  /// Lists directories at once, which it does only without its recursive listing.
  ///
  /// @param prefix with a slash at its end, else it is asked for as an object first
  List<String> rcloneList(String prefix, int atOnce) {
    return rclone(
        "size", "--disable", "ListR", "--checkers", "" + atOnce, ":s3:" + BUCKET + "/" + prefix);
  }

  private List<String> rclone(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/rclone",
                "--config=/dev/null",
                "--s3-provider=Other",
                "--s3-env-auth",
                "--s3-region=us-east-1",
                "--s3-list-version=2",
                "--s3-force-path-style",
                "--s3-endpoint=" + endpoint()));
    command.addAll(List.of(arguments));
    return command;
  }
}
