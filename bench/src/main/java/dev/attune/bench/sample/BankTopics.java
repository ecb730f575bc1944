package dev.attune.bench.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The categories of BANKING77 in the sample. */
final class BankTopics {
  /** The categories in order, with the names that the bank's staff uses. */
  static final Map<String, String> NAMES;

  static {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("activate_my_card", "Activate a card");
    names.put("cancel_transfer", "Cancel a transfer");
    names.put("card_arrival", "Where is my card");
    names.put("change_pin", "Change the PIN");
    names.put("exchange_rate", "Exchange rate");
    names.put("lost_or_stolen_card", "Lost or stolen card");
    names.put("request_refund", "Refund");
    names.put("terminate_account", "Close the account");
    names.put("top_up_failed", "Top-up failed");
    names.put("verify_my_identity", "Proof of identity");
    NAMES = Collections.unmodifiableMap(names);
  }

  private BankTopics() {}

  /** Returns the name of a question's category. */
  static String name(BankQuestion question) {
    return Objects.requireNonNull(NAMES.get(question.category()));
  }

  /** Returns a category that the question does not have. */
  static String other(BankQuestion question) {
    List<String> categories = new ArrayList<>(NAMES.keySet());
    categories.remove(question.category());
    return categories.get(question.die(3, categories.size()));
  }
}
