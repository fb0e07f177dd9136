package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.JsonEscapes;
import java.util.LinkedHashMap;
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
    json.writeBooleanProperty("complete", plan.complete());
    amount(plan.total());
    if (plan.unknownSizes() > 0) {
      json.writeNumberProperty("objects_of_unknown_size", plan.unknownSizes());
    }
    amounts("by_storage_class", plan.byStorageClass());
    amounts("by_age", plan.byAge());
    amounts("by_size", plan.bySize());
    directories(plan);
    json.writeObjectPropertyStart("below_4mib");
    amount(plan.below4MiB());
    json.writeEndObject();
    json.writeArrayPropertyStart("largest");
    for (ObjectRef object : plan.largest()) {
      json.writeStartObject();
      json.writeStringProperty("bucket", JsonEscapes.wellFormed(object.bucket()));
      json.writeStringProperty("key", JsonEscapes.wellFormed(object.key()));
      if (object.size() != null) {
        json.writeNumberProperty("size", object.size());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    plan.fits().ifPresent(fits -> json.writeBooleanProperty("fits", fits));
    plan.cache().ifPresent(cache -> json.writeNumberProperty("capacity_bytes", cache.capacity()));
    plan.atFillRate().ifPresent(time -> json.writeNumberProperty("fill_seconds", time.toSeconds()));
    if (plan.isCostKnown()) {
      json.writeName("cost_upper_bound_usd");
      json.writeNumber(plan.cost());
      json.writeStringProperty("cost_assumptions", String.join(" ", plan.costAssumptions()));
    }
    json.writeEndObject();
  }

  /// With the others, so that the amounts add up to the total.
  private void directories(StagingPlan plan) {
    Map<String, Amount> all = new LinkedHashMap<>(plan.directories().largest());
    Amount others = plan.outside(all.size());
    if (others.objects() > 0) {
      all.put("others", others);
    }
    amounts("by_directory", all);
    if (!plan.directories().exact()) {
      json.writeBooleanProperty("by_directory_approximate", true);
    }
  }

  private void amounts(String name, Map<String, Amount> amounts) {
    json.writeObjectPropertyStart(name);
    amounts.forEach((each, amount) -> {
      json.writeObjectPropertyStart(JsonEscapes.wellFormed(each));
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
