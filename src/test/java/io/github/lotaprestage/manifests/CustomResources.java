package io.github.lotaprestage.manifests;

import static io.github.lotaprestage.manifests.Schema.flag;
import static io.github.lotaprestage.manifests.Schema.list;
import static io.github.lotaprestage.manifests.Schema.model;
import static io.github.lotaprestage.manifests.Schema.number;
import static io.github.lotaprestage.manifests.Schema.object;
import static io.github.lotaprestage.manifests.Schema.text;
import static io.github.lotaprestage.manifests.Schema.unnamedContainer;
import static java.util.Map.entry;

import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1JobTemplateSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.Map;

/// The fields of Argo Workflows 4 and Kubeflow Trainer 2 that our manifests use. No package of
/// Maven Central describes them. Kubernetes' own models check the parts that Kubernetes describes,
/// and `scripts/test-manifests` compares all of them with the types of Argo and the schemas of
/// Kubeflow.
final class CustomResources {

  private static final Schema METADATA =
      model(V1ObjectMeta.class, V1ObjectMeta::validateJsonElement);

  private static final Schema PARAMETERS =
      object(Map.of("parameters", list(object(Map.of("name", text(), "value", text())))));

  private static final Schema TASK =
      object(
          Map.of(
              "name", text(),
              "template", text(),
              "depends", text(),
              "arguments", PARAMETERS,
              "withSequence", object(Map.of("count", text()))));

  private static final Schema INPUTS =
      object(
          Map.of(
              "parameters", list(object(Map.of("name", text()))),
              "artifacts",
                  list(
                      object(
                          Map.of(
                              "name", text(),
                              "path", text(),
                              "raw", object(Map.of("data", text())))))));

  private static final Schema OUTPUTS =
      object(
          Map.of(
              "parameters",
              list(object(Map.of("name", text(), "valueFrom", object(Map.of("path", text())))))));

  private static final Schema TEMPLATE =
      object(
          Map.ofEntries(
              entry("name", text()),
              entry("dag", object(Map.of("tasks", list(TASK)))),
              entry("inputs", INPUTS),
              entry("outputs", OUTPUTS),
              entry("metadata", object(Map.of("labels", _ -> {}))),
              entry("affinity", model(V1Affinity.class, V1Affinity::validateJsonElement)),
              entry("activeDeadlineSeconds", number()),
              entry(
                  "retryStrategy",
                  object(Map.of("limit", text(), "retryPolicy", text(), "expression", text()))),
              entry("volumes", list(model(V1Volume.class, V1Volume::validateJsonElement))),
              entry("container", unnamedContainer())));

  static final Schema WORKFLOW =
      resource(
          object(
              Map.of(
                  "entrypoint", text(),
                  "arguments", PARAMETERS,
                  "automountServiceAccountToken", flag(),
                  "executor", object(Map.of("serviceAccountName", text())),
                  "ttlStrategy", object(Map.of("secondsAfterCompletion", number())),
                  "securityContext",
                      model(V1PodSecurityContext.class, V1PodSecurityContext::validateJsonElement),
                  "tolerations", list(model(V1Toleration.class, V1Toleration::validateJsonElement)),
                  "templates", list(TEMPLATE))));

  private static final Schema REPLICATED_JOB =
      object(
          Map.of(
              "name", text(),
              "dependsOn", list(object(Map.of("name", text(), "status", text()))),
              "template", model(V1JobTemplateSpec.class, V1JobTemplateSpec::validateJsonElement)));

  static final Schema TRAINING_RUNTIME =
      resource(
          object(
              Map.of(
                  "mlPolicy", object(Map.of("numNodes", number(), "torch", object(Map.of()))),
                  "template",
                      object(
                          Map.of(
                              "spec", object(Map.of("replicatedJobs", list(REPLICATED_JOB))))))));

  static final Schema TRAIN_JOB =
      resource(
          object(
              Map.of(
                  "runtimeRef", object(Map.of("apiGroup", text(), "kind", text(), "name", text())),
                  "trainer", object(Map.of("numNodes", number())))));

  private CustomResources() {}

  private static Schema resource(Schema spec) {
    return object(Map.of("apiVersion", text(), "kind", text(), "metadata", METADATA, "spec", spec));
  }
}
