package io.github.lotaprestage.manifests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lotaprestage.cli.values.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A container that runs the program, with the objects around it from the pod outwards.
record Container(Manifest manifest, JsonObject spec, List<JsonObject> around) {

  private static final JsonElement COMMAND = JsonParser.parseString("[lota-prestage]");

  static boolean isProgram(JsonObject object) {
    return COMMAND.equals(object.get("command"));
  }

  List<String> args() {
    return spec.getAsJsonArray("args").asList().stream().map(JsonElement::getAsString).toList();
  }

  Optional<String> option(String name) {
    return args().stream()
        .filter(arg -> arg.startsWith(name + "="))
        .map(arg -> arg.substring(name.length() + 1))
        .findFirst();
  }

  Optional<Duration> maxDuration() {
    return option("--max-duration").map(new Durations()::convert);
  }

  Duration grace() {
    return new Durations().convert(option("--grace").orElse("10s"));
  }

  /// The nearest value of a field around the container: that of its pod, else of its Job.
  Optional<JsonElement> around(String field) {
    return around.stream().filter(object -> object.has(field)).map(o -> o.get(field)).findFirst();
  }

  int around(String field, int otherwise) {
    return around(field).map(JsonElement::getAsInt).orElse(otherwise);
  }

  /// Whether the containers of the pod start after it.
  boolean isInit() {
    return around("initContainers").isPresent();
  }

  boolean isInWorkflow() {
    return manifest.kind().equals("Workflow");
  }

  /// Whether it stages nothing, but merges the summaries of others.
  boolean merges() {
    return option("--merge-summaries").isPresent();
  }

  boolean watches() {
    return option("--watch").isPresent();
  }

  @Override
  public String toString() {
    return manifest.toString();
  }
}
