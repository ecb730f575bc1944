package dev.attune.pipeline.write.part;

import dev.attune.pipeline.example.Utf8Order;

/** Compares records as rejected.jsonl is sorted: by id, then by location, as UTF-8 bytes. */
public final class RejectedOrder {
  private RejectedOrder() {}

  public static int compare(String id, String location, String otherId, String otherLocation) {
    int order = Utf8Order.ASCENDING.compare(id, otherId);
    return order == 0 ? Utf8Order.ASCENDING.compare(location, otherLocation) : order;
  }
}
