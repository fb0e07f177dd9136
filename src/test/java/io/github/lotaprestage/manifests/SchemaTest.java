package io.github.lotaprestage.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every manifest fits the description of its kind, in which unknown fields are errors.
class SchemaTest {

  /// Their keys are free.
  private static final Set<String> MAPS =
      Set.of("labels", "annotations", "matchLabels", "requests", "limits");

  static List<Manifest> manifests() throws IOException {
    return Manifest.all();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void theManifestFits(Manifest manifest) {
    manifest.schema().check(manifest.document());
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void anUnknownFieldFailsEverywhere(Manifest manifest) {
    JsonObject changed = manifest.document().deepCopy();
    eachObject(
        changed,
        object -> {
          object.addProperty("mispelled", 1);
          assertThatThrownBy(() -> manifest.schema().check(changed))
              .hasMessageContaining("mispelled");
          object.remove("mispelled");
        });
    manifest.schema().check(changed);
  }

  private static void eachObject(JsonElement node, Consumer<JsonObject> action) {
    if (node.isJsonArray()) {
      node.getAsJsonArray().forEach(each -> eachObject(each, action));
    } else if (node.isJsonObject()) {
      action.accept(node.getAsJsonObject());
      node.getAsJsonObject()
          .entrySet()
          .forEach(field -> {
            if (!MAPS.contains(field.getKey())) {
              eachObject(field.getValue(), action);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aNumberThatIsTextFails(Manifest manifest) {
    JsonObject changed = manifest.document().deepCopy();
    eachObject(
        changed,
        object -> {
          JsonElement deadline = object.get("activeDeadlineSeconds");
          if (deadline != null) {
            object.addProperty("activeDeadlineSeconds", "soon");
            assertThatThrownBy(() -> manifest.schema().check(changed)).hasMessageContaining("soon");
            object.add("activeDeadlineSeconds", deadline);
          }
        });
  }

  @Test
  void thePageNamesEveryFile() throws IOException {
    String page = Files.readString(Path.of("docs/how-to/choose-a-manifest.md"));
    for (Path file : Manifest.files()) {
      assertThat(page).contains("(../kubernetes/" + file.getFileName() + ")");
    }
  }
}
