package io.github.lotaprestage.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the manifests promise for each container that runs the program.
class ManifestsTest {

  /// For scheduling, image pulls and the back-off of the Job, which are part of its deadline.
  private static final Duration SCHEDULING = Duration.ofMinutes(10);

  static List<Container> programs() throws IOException {
    return Manifest.all().stream().flatMap(manifest -> manifest.programs().stream()).toList();
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itRunsWithoutPrivileges(Container container) {
    JsonObject pod = container.around("securityContext").orElseThrow().getAsJsonObject().deepCopy();
    pod.remove("fsGroup");
    assertThat(pod)
        .isEqualTo(
            json(
                "{runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532,"
                    + " seccompProfile: {type: RuntimeDefault}}"));
    assertThat(container.spec().get("securityContext"))
        .isEqualTo(
            json(
                "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true,"
                    + " capabilities: {drop: [ALL]}}"));
    assertThat(container.around("automountServiceAccountToken")).contains(json("false"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itsMemoryIsGuaranteedAndLimited(Container container) {
    JsonObject resources = container.spec().getAsJsonObject("resources");
    assertThat(resources.getAsJsonObject("limits")).isEqualTo(json("{memory: 256Mi}"));
    assertThat(resources.getAsJsonObject("requests").get("memory")).isEqualTo(json("256Mi"));
    assertThat(resources.getAsJsonObject("requests").has("cpu")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itLeavesItsSummary(Container container) {
    assertThat(container.spec().get("terminationMessagePath").getAsString())
        .isEqualTo(container.option("--summary-file").orElseThrow());
    assertThat(container.spec().get("terminationMessagePolicy"))
        .isEqualTo(json("FallbackToLogsOnError"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itHasTimeToEnd(Container container) {
    assertThat(container.around("terminationGracePeriodSeconds", 30))
        .isGreaterThan((int) container.grace().toSeconds() + 2);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theDeadlineAllowsForEveryAttempt(Container container) {
    if (container.watches()) {
      assertThat(container.around("activeDeadlineSeconds")).isEmpty();
      return;
    }
    Duration attempt =
        container.merges()
            ? Duration.ZERO
            : container.maxDuration().orElseThrow().plus(container.grace());
    if (container.isInit()) { // the deadline of the Job would include its training
      assertThat(container.around("activeDeadlineSeconds")).isEmpty();
      return;
    }
    int attempts =
        container.isInWorkflow() // where each attempt has the deadline of the template
            ? 1
            : container.around("backoffLimitPerIndex", container.around("backoffLimit", 6)) + 1;
    int parallelism = container.around("parallelism", 1);
    int rounds = Math.ceilDiv(container.around("completions", 1), parallelism);
    assertThat(container.around("activeDeadlineSeconds").orElseThrow().getAsLong())
        .isEqualTo(attempt.multipliedBy((long) attempts * rounds).plus(SCHEDULING).toSeconds());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aRetryFollowsOnlyWhereItCanHelp(Container container) {
    if (container.watches()) { // a Deployment has no policy: it always starts the pod again
      return;
    }
    if (container.isInWorkflow()) {
      assertThat(container.around("retryStrategy").orElseThrow())
          .isEqualTo(
              json(
                  "{limit: '2', retryPolicy: Always, expression:"
                      + " 'lastRetry.exitCode != \"2\" && lastRetry.exitCode != \"4\"'}"));
      return;
    }
    String name = container.spec().get("name").getAsString();
    String fail = container.around("backoffLimitPerIndex").isPresent() ? "FailIndex" : "FailJob";
    assertThat(container.around("podFailurePolicy").orElseThrow())
        .isEqualTo(
            json(
                "{rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'True'}]},"
                    + " {action: %s, onExitCodes:".formatted(fail)
                    + " {containerName: %s, operator: In, values: [2, 4]}}]}".formatted(name)));
    assertThat(container.around("restartPolicy")).contains(json("Never"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itIsDeletedSomeTimeAfterItsEnd(Container container) {
    if (!container.watches()
        && !container.isInWorkflow()
        && !container.manifest().kind().equals("TrainingRuntime")) { // TrainJobs keep their Jobs
      assertThat(container.around("ttlSecondsAfterFinished")).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itsCredentialsComeFromTheSecretOrThePod(Container container) {
    if (container.around("serviceAccountName").isPresent() || container.merges()) {
      assertThat(container.spec().has("env")).isFalse();
      return;
    }
    assertThat(container.spec().get("env"))
        .isEqualTo(
            json("[%s, %s]".formatted(secret("ACCESS_KEY_ID"), secret("SECRET_ACCESS_KEY"))));
  }

  private static String secret(String name) {
    return "{name: AWS_%s, valueFrom: {secretKeyRef: {name: storage-credentials, key: AWS_%s}}}"
        .formatted(name, name);
  }
}
