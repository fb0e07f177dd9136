package io.github.lotaprestage.manifests;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// One document of a file in `docs/kubernetes`.
record Manifest(String file, JsonObject document) {

  private static final Path DIRECTORY = Path.of("docs/kubernetes");

  static List<Manifest> all() throws IOException {
    List<Manifest> all = new ArrayList<>();
    for (Path file : files()) {
      LoaderOptions strict = new LoaderOptions();
      strict.setAllowDuplicateKeys(false);
      for (Object document :
          new Yaml(new SafeConstructor(strict)).loadAll(Files.readString(file))) {
        all.add(
            new Manifest(
                file.getFileName().toString(), new Gson().toJsonTree(document).getAsJsonObject()));
      }
    }
    return all;
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /// The only document of `file` with this kind.
  static Manifest of(String file, String kind) throws IOException {
    return all().stream()
        .filter(manifest -> manifest.file.equals(file) && manifest.kind().equals(kind))
        .reduce((_, _) -> {
          throw new IllegalArgumentException(kind + " is twice in " + file);
        })
        .orElseThrow();
  }

  String kind() {
    return document.get("kind").getAsString();
  }

  Schema schema() {
    Schema schema = Schema.KINDS.get(document.get("apiVersion").getAsString() + " " + kind());
    if (schema == null) {
      throw new IllegalArgumentException("no schema for " + this);
    }
    return schema;
  }

  /// The containers that run the program.
  List<Container> programs() {
    List<Container> found = new ArrayList<>();
    collect(document, List.of(), found);
    return found;
  }

  private void collect(JsonElement node, List<JsonObject> around, List<Container> found) {
    if (node.isJsonArray()) {
      node.getAsJsonArray().forEach(each -> collect(each, around, found));
    } else if (node.isJsonObject()) {
      JsonObject object = node.getAsJsonObject();
      if (Container.isProgram(object)) {
        found.add(new Container(this, object, around));
      }
      List<JsonObject> inside = new ArrayList<>(around);
      inside.addFirst(object);
      object.asMap().values().forEach(each -> collect(each, inside, found));
    }
  }

  @Override
  public String toString() {
    return kind() + " in " + file;
  }
}
