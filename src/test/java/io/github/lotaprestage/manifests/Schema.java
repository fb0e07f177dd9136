package io.github.lotaprestage.manifests;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;

/// What a part of a manifest may contain. A field that is not described is an error, as with
/// `kubectl apply --validate=strict`.
@FunctionalInterface
interface Schema {

  /// @throws RuntimeException if `value` does not fit
  void check(JsonElement value);

  Map<String, Schema> KINDS =
      Map.ofEntries(
          Map.entry("batch/v1 Job", model(V1Job.class, V1Job::validateJsonElement)),
          Map.entry("batch/v1 CronJob", model(V1CronJob.class, V1CronJob::validateJsonElement)),
          Map.entry(
              "apps/v1 Deployment", model(V1Deployment.class, V1Deployment::validateJsonElement)),
          Map.entry(
              "v1 PersistentVolumeClaim",
              model(V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement)),
          Map.entry(
              "v1 ServiceAccount",
              model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement)),
          Map.entry("v1 Secret", model(V1Secret.class, V1Secret::validateJsonElement)),
          Map.entry(
              "rbac.authorization.k8s.io/v1 Role",
              model(V1Role.class, V1Role::validateJsonElement)),
          Map.entry(
              "rbac.authorization.k8s.io/v1 RoleBinding",
              model(V1RoleBinding.class, V1RoleBinding::validateJsonElement)),
          Map.entry("argoproj.io/v1alpha1 Workflow", CustomResources.WORKFLOW),
          Map.entry(
              "trainer.kubeflow.org/v1alpha1 TrainingRuntime", CustomResources.TRAINING_RUNTIME),
          Map.entry("trainer.kubeflow.org/v1alpha1 TrainJob", CustomResources.TRAIN_JOB));

  /// Checks names of fields by the OpenAPI description of Kubernetes.
  @FunctionalInterface
  interface Validation {
    void validate(JsonElement value) throws IOException;
  }

  /// A part that Kubernetes itself describes: first its names, then their types.
  static Schema model(Class<?> type, Validation validation) {
    Gson gson =
        new GsonBuilder()
            .registerTypeAdapter(
                OffsetDateTime.class,
                (JsonDeserializer<OffsetDateTime>)
                    (value, _, _) -> {
                      throw new JsonParseException("a manifest has no times, but: " + value);
                    })
            .create();
    return value -> {
      try {
        validation.validate(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Objects.requireNonNull(gson.fromJson(value, type));
    };
  }

  /// A container that has no name in the manifest, because Argo gives it one.
  static Schema unnamedContainer() {
    Schema named = model(V1Container.class, V1Container::validateJsonElement);
    return value -> {
      JsonObject container = value.getAsJsonObject().deepCopy();
      if (container.has("name")) {
        throw new IllegalArgumentException("Argo names the container: " + container.get("name"));
      }
      container.addProperty("name", "main");
      named.check(container);
    };
  }

  static Schema object(Map<String, Schema> fields) {
    return value ->
        value
            .getAsJsonObject()
            .entrySet()
            .forEach(field -> {
              Schema schema = fields.get(field.getKey());
              if (schema == null) {
                throw new IllegalArgumentException("no field " + field.getKey());
              }
              schema.check(field.getValue());
            });
  }

  static Schema list(Schema each) {
    return value -> value.getAsJsonArray().forEach(each::check);
  }

  static Schema text() {
    return value -> {
      if (!value.getAsJsonPrimitive().isString()) {
        throw new IllegalArgumentException("not a string: " + value);
      }
    };
  }

  static Schema number() {
    return value -> {
      if (!value.getAsJsonPrimitive().isNumber()) {
        throw new IllegalArgumentException("not a number: " + value);
      }
    };
  }

  static Schema flag() {
    return value -> {
      if (!value.getAsJsonPrimitive().isBoolean()) {
        throw new IllegalArgumentException("neither true nor false: " + value);
      }
    };
  }
}
