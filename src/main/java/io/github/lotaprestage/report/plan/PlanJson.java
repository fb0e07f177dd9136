package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// The plan as a property of the JSON summary.
public final class PlanJson {

  private final JsonGenerator json;

  public PlanJson(JsonGenerator json) {
    this.json = json;
  }

  public void write(StagingPlan plan) {
    json.writeObjectPropertyStart("plan");
    amount(plan.total());
    amounts("by_storage_class", plan.byStorageClass());
    amounts("by_age", plan.byAge());
    amounts("by_size", plan.bySize());
    amounts("by_directory", plan.byDirectory());
    json.writeObjectPropertyStart("below_4mib");
    amount(plan.below4MiB());
    json.writeEndObject();
    json.writeArrayPropertyStart("largest");
    for (ObjectRef object : plan.largest()) {
      json.writeStartObject();
      json.writeStringProperty("bucket", object.bucket());
      json.writeStringProperty("key", object.key());
      json.writeNumberProperty("size", object.summableSize());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (plan.capacity().isPresent()) {
      json.writeBooleanProperty("fits", plan.fits());
      json.writeNumberProperty("capacity_bytes", plan.capacity().getAsLong());
    }
    json.writeNumberProperty("cost_upper_bound_usd", plan.cost());
    json.writeStringProperty("cost_assumptions", String.join(" ", StagingPlan.COST_ASSUMPTIONS));
    plan.atFillRate().ifPresent(time -> json.writeNumberProperty("fill_seconds", time.toSeconds()));
    json.writeEndObject();
  }

  private void amounts(String name, Map<String, Amount> amounts) {
    json.writeObjectPropertyStart(name);
    amounts.forEach((each, amount) -> {
      json.writeObjectPropertyStart(each);
      amount(amount);
      json.writeEndObject();
    });
    json.writeEndObject();
  }

  private void amount(Amount amount) {
    json.writeNumberProperty("objects", amount.objects());
    json.writeNumberProperty("bytes", amount.bytes());
  }
}
